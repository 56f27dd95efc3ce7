from __future__ import annotations

from pkgutil import extend_path
__path__ = extend_path(__path__, __name__)

import abc
import builtins
import datetime
import enum
import typing

import jsii
import publication
import typing_extensions

from jsii._type_checking import cached_type_hints, check_type


from ._jsii import *

class _LazyImport:
    def __init__(self, module_name: str) -> None:
        self._module_name = module_name
        self._module: typing.Any = None
    def __getattr__(self, name: str) -> typing.Any:
        if self._module is None:
            import importlib
            self._module = importlib.import_module(self._module_name)
        return getattr(self._module, name)

if typing.TYPE_CHECKING:

    import cdk8s as _cdk8s_d3d9af27
    import constructs as _constructs_77d1e7e8
else:

    _cdk8s_d3d9af27 = _LazyImport("cdk8s")
    _constructs_77d1e7e8 = _LazyImport("constructs")


class GrafanaDashboard(
    _cdk8s_d3d9af27.ApiObject,
    metaclass=jsii.JSIIMeta,
    jsii_type="dragonfly_orgintegreatlygrafana.GrafanaDashboard",
):
    '''
    :schema: GrafanaDashboard
    '''

    def __init__(
        self,
        scope: "_constructs_77d1e7e8.Construct",
        id: builtins.str,
        *,
        spec: typing.Union["GrafanaDashboardSpec", typing.Dict[builtins.str, typing.Any]],
        metadata: typing.Optional[typing.Union["_cdk8s_d3d9af27.ApiObjectMetadata", typing.Dict[builtins.str, typing.Any]]] = None,
    ) -> None:
        '''Defines a "GrafanaDashboard" API object.

        :param scope: the scope in which to define this object.
        :param id: a scope-local name for the object.
        :param spec: 
        :param metadata: 
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__2c527d287bc2010def7e7ddd8422bb375c9fea998cedf726c82ade804f61654c)
            check_type(argname="argument scope", value=scope, expected_type=type_hints["scope"])
            check_type(argname="argument id", value=id, expected_type=type_hints["id"])
        props = GrafanaDashboardProps(spec=spec, metadata=metadata)

        jsii.create(self.__class__, self, [scope, id, props])

    @jsii.member(jsii_name="manifest")
    @builtins.classmethod
    def manifest(
        cls,
        *,
        spec: typing.Union["GrafanaDashboardSpec", typing.Dict[builtins.str, typing.Any]],
        metadata: typing.Optional[typing.Union["_cdk8s_d3d9af27.ApiObjectMetadata", typing.Dict[builtins.str, typing.Any]]] = None,
    ) -> typing.Any:
        '''Renders a Kubernetes manifest for "GrafanaDashboard".

        This can be used to inline resource manifests inside other objects (e.g. as templates).

        :param spec: 
        :param metadata: 
        '''
        props = GrafanaDashboardProps(spec=spec, metadata=metadata)

        return typing.cast(typing.Any, jsii.sinvoke(cls, "manifest", [props]))

    @jsii.member(jsii_name="toJson")
    def to_json(self) -> typing.Any:
        '''Renders the object to Kubernetes JSON.'''
        return typing.cast(typing.Any, jsii.invoke(self, "toJson", []))

    @jsii.python.classproperty
    @jsii.member(jsii_name="GVK")
    def GVK(cls) -> "_cdk8s_d3d9af27.GroupVersionKind":
        '''Returns the apiVersion and kind for "GrafanaDashboard".'''
        return typing.cast("_cdk8s_d3d9af27.GroupVersionKind", jsii.sget(cls, "GVK"))


@jsii.data_type(
    jsii_type="dragonfly_orgintegreatlygrafana.GrafanaDashboardProps",
    jsii_struct_bases=[],
    name_mapping={"spec": "spec", "metadata": "metadata"},
)
class GrafanaDashboardProps:
    def __init__(
        self,
        *,
        spec: typing.Union["GrafanaDashboardSpec", typing.Dict[builtins.str, typing.Any]],
        metadata: typing.Optional[typing.Union["_cdk8s_d3d9af27.ApiObjectMetadata", typing.Dict[builtins.str, typing.Any]]] = None,
    ) -> None:
        '''
        :param spec: 
        :param metadata: 

        :schema: GrafanaDashboard
        '''
        if isinstance(spec, dict):
            spec = GrafanaDashboardSpec(**spec)
        if isinstance(metadata, dict):
            metadata = _cdk8s_d3d9af27.ApiObjectMetadata(**metadata)
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__446d5edd2585a0f7d395c67b4d96f3e7f007748c144e80a645ada070a482302b)
            check_type(argname="argument spec", value=spec, expected_type=type_hints["spec"])
            check_type(argname="argument metadata", value=metadata, expected_type=type_hints["metadata"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "spec": spec,
        }
        if metadata is not None:
            self._values["metadata"] = metadata

    @builtins.property
    def spec(self) -> "GrafanaDashboardSpec":
        '''
        :schema: GrafanaDashboard#spec
        '''
        result = self._values.get("spec")
        assert result is not None, "Required property 'spec' is missing"
        return typing.cast("GrafanaDashboardSpec", result)

    @builtins.property
    def metadata(self) -> typing.Optional["_cdk8s_d3d9af27.ApiObjectMetadata"]:
        '''
        :schema: GrafanaDashboard#metadata
        '''
        result = self._values.get("metadata")
        return typing.cast(typing.Optional["_cdk8s_d3d9af27.ApiObjectMetadata"], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "GrafanaDashboardProps(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="dragonfly_orgintegreatlygrafana.GrafanaDashboardSpec",
    jsii_struct_bases=[],
    name_mapping={
        "instance_selector": "instanceSelector",
        "allow_cross_namespace_import": "allowCrossNamespaceImport",
        "config_map_ref": "configMapRef",
        "content_cache_duration": "contentCacheDuration",
        "datasources": "datasources",
        "env_from": "envFrom",
        "envs": "envs",
        "folder": "folder",
        "folder_ref": "folderRef",
        "folder_uid": "folderUid",
        "grafana_com": "grafanaCom",
        "gzip_json": "gzipJson",
        "json": "json",
        "jsonnet": "jsonnet",
        "jsonnet_lib": "jsonnetLib",
        "oci": "oci",
        "plugins": "plugins",
        "public_sharing": "publicSharing",
        "resync_period": "resyncPeriod",
        "suspend": "suspend",
        "uid": "uid",
        "url": "url",
        "url_authorization": "urlAuthorization",
        "variables": "variables",
    },
)
class GrafanaDashboardSpec:
    def __init__(
        self,
        *,
        instance_selector: typing.Any,
        allow_cross_namespace_import: typing.Optional[builtins.bool] = None,
        config_map_ref: typing.Any = None,
        content_cache_duration: typing.Optional[builtins.str] = None,
        datasources: typing.Optional[typing.Sequence[typing.Any]] = None,
        env_from: typing.Optional[typing.Sequence[typing.Any]] = None,
        envs: typing.Optional[typing.Sequence[typing.Any]] = None,
        folder: typing.Optional[builtins.str] = None,
        folder_ref: typing.Optional[builtins.str] = None,
        folder_uid: typing.Optional[builtins.str] = None,
        grafana_com: typing.Any = None,
        gzip_json: typing.Optional[builtins.str] = None,
        json: typing.Optional[builtins.str] = None,
        jsonnet: typing.Optional[builtins.str] = None,
        jsonnet_lib: typing.Any = None,
        oci: typing.Any = None,
        plugins: typing.Optional[typing.Sequence[typing.Any]] = None,
        public_sharing: typing.Any = None,
        resync_period: typing.Optional[builtins.str] = None,
        suspend: typing.Optional[builtins.bool] = None,
        uid: typing.Optional[builtins.str] = None,
        url: typing.Optional[builtins.str] = None,
        url_authorization: typing.Any = None,
        variables: typing.Optional[typing.Sequence[typing.Any]] = None,
    ) -> None:
        '''
        :param instance_selector: 
        :param allow_cross_namespace_import: 
        :param config_map_ref: 
        :param content_cache_duration: 
        :param datasources: 
        :param env_from: 
        :param envs: 
        :param folder: 
        :param folder_ref: 
        :param folder_uid: 
        :param grafana_com: 
        :param gzip_json: 
        :param json: 
        :param jsonnet: 
        :param jsonnet_lib: 
        :param oci: 
        :param plugins: 
        :param public_sharing: 
        :param resync_period: 
        :param suspend: 
        :param uid: 
        :param url: 
        :param url_authorization: 
        :param variables: 

        :schema: GrafanaDashboardSpec
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__2cd46a27ff016d34d9233019acf3ae88d99b14d8c1601afff4c0acbbc81eb5c5)
            check_type(argname="argument instance_selector", value=instance_selector, expected_type=type_hints["instance_selector"])
            check_type(argname="argument allow_cross_namespace_import", value=allow_cross_namespace_import, expected_type=type_hints["allow_cross_namespace_import"])
            check_type(argname="argument config_map_ref", value=config_map_ref, expected_type=type_hints["config_map_ref"])
            check_type(argname="argument content_cache_duration", value=content_cache_duration, expected_type=type_hints["content_cache_duration"])
            check_type(argname="argument datasources", value=datasources, expected_type=type_hints["datasources"])
            check_type(argname="argument env_from", value=env_from, expected_type=type_hints["env_from"])
            check_type(argname="argument envs", value=envs, expected_type=type_hints["envs"])
            check_type(argname="argument folder", value=folder, expected_type=type_hints["folder"])
            check_type(argname="argument folder_ref", value=folder_ref, expected_type=type_hints["folder_ref"])
            check_type(argname="argument folder_uid", value=folder_uid, expected_type=type_hints["folder_uid"])
            check_type(argname="argument grafana_com", value=grafana_com, expected_type=type_hints["grafana_com"])
            check_type(argname="argument gzip_json", value=gzip_json, expected_type=type_hints["gzip_json"])
            check_type(argname="argument json", value=json, expected_type=type_hints["json"])
            check_type(argname="argument jsonnet", value=jsonnet, expected_type=type_hints["jsonnet"])
            check_type(argname="argument jsonnet_lib", value=jsonnet_lib, expected_type=type_hints["jsonnet_lib"])
            check_type(argname="argument oci", value=oci, expected_type=type_hints["oci"])
            check_type(argname="argument plugins", value=plugins, expected_type=type_hints["plugins"])
            check_type(argname="argument public_sharing", value=public_sharing, expected_type=type_hints["public_sharing"])
            check_type(argname="argument resync_period", value=resync_period, expected_type=type_hints["resync_period"])
            check_type(argname="argument suspend", value=suspend, expected_type=type_hints["suspend"])
            check_type(argname="argument uid", value=uid, expected_type=type_hints["uid"])
            check_type(argname="argument url", value=url, expected_type=type_hints["url"])
            check_type(argname="argument url_authorization", value=url_authorization, expected_type=type_hints["url_authorization"])
            check_type(argname="argument variables", value=variables, expected_type=type_hints["variables"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "instance_selector": instance_selector,
        }
        if allow_cross_namespace_import is not None:
            self._values["allow_cross_namespace_import"] = allow_cross_namespace_import
        if config_map_ref is not None:
            self._values["config_map_ref"] = config_map_ref
        if content_cache_duration is not None:
            self._values["content_cache_duration"] = content_cache_duration
        if datasources is not None:
            self._values["datasources"] = datasources
        if env_from is not None:
            self._values["env_from"] = env_from
        if envs is not None:
            self._values["envs"] = envs
        if folder is not None:
            self._values["folder"] = folder
        if folder_ref is not None:
            self._values["folder_ref"] = folder_ref
        if folder_uid is not None:
            self._values["folder_uid"] = folder_uid
        if grafana_com is not None:
            self._values["grafana_com"] = grafana_com
        if gzip_json is not None:
            self._values["gzip_json"] = gzip_json
        if json is not None:
            self._values["json"] = json
        if jsonnet is not None:
            self._values["jsonnet"] = jsonnet
        if jsonnet_lib is not None:
            self._values["jsonnet_lib"] = jsonnet_lib
        if oci is not None:
            self._values["oci"] = oci
        if plugins is not None:
            self._values["plugins"] = plugins
        if public_sharing is not None:
            self._values["public_sharing"] = public_sharing
        if resync_period is not None:
            self._values["resync_period"] = resync_period
        if suspend is not None:
            self._values["suspend"] = suspend
        if uid is not None:
            self._values["uid"] = uid
        if url is not None:
            self._values["url"] = url
        if url_authorization is not None:
            self._values["url_authorization"] = url_authorization
        if variables is not None:
            self._values["variables"] = variables

    @builtins.property
    def instance_selector(self) -> typing.Any:
        '''
        :schema: GrafanaDashboardSpec#instanceSelector
        '''
        result = self._values.get("instance_selector")
        assert result is not None, "Required property 'instance_selector' is missing"
        return typing.cast(typing.Any, result)

    @builtins.property
    def allow_cross_namespace_import(self) -> typing.Optional[builtins.bool]:
        '''
        :schema: GrafanaDashboardSpec#allowCrossNamespaceImport
        '''
        result = self._values.get("allow_cross_namespace_import")
        return typing.cast(typing.Optional[builtins.bool], result)

    @builtins.property
    def config_map_ref(self) -> typing.Any:
        '''
        :schema: GrafanaDashboardSpec#configMapRef
        '''
        result = self._values.get("config_map_ref")
        return typing.cast(typing.Any, result)

    @builtins.property
    def content_cache_duration(self) -> typing.Optional[builtins.str]:
        '''
        :schema: GrafanaDashboardSpec#contentCacheDuration
        '''
        result = self._values.get("content_cache_duration")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def datasources(self) -> typing.Optional[typing.List[typing.Any]]:
        '''
        :schema: GrafanaDashboardSpec#datasources
        '''
        result = self._values.get("datasources")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def env_from(self) -> typing.Optional[typing.List[typing.Any]]:
        '''
        :schema: GrafanaDashboardSpec#envFrom
        '''
        result = self._values.get("env_from")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def envs(self) -> typing.Optional[typing.List[typing.Any]]:
        '''
        :schema: GrafanaDashboardSpec#envs
        '''
        result = self._values.get("envs")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def folder(self) -> typing.Optional[builtins.str]:
        '''
        :schema: GrafanaDashboardSpec#folder
        '''
        result = self._values.get("folder")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def folder_ref(self) -> typing.Optional[builtins.str]:
        '''
        :schema: GrafanaDashboardSpec#folderRef
        '''
        result = self._values.get("folder_ref")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def folder_uid(self) -> typing.Optional[builtins.str]:
        '''
        :schema: GrafanaDashboardSpec#folderUID
        '''
        result = self._values.get("folder_uid")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def grafana_com(self) -> typing.Any:
        '''
        :schema: GrafanaDashboardSpec#grafanaCom
        '''
        result = self._values.get("grafana_com")
        return typing.cast(typing.Any, result)

    @builtins.property
    def gzip_json(self) -> typing.Optional[builtins.str]:
        '''
        :schema: GrafanaDashboardSpec#gzipJson
        '''
        result = self._values.get("gzip_json")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def json(self) -> typing.Optional[builtins.str]:
        '''
        :schema: GrafanaDashboardSpec#json
        '''
        result = self._values.get("json")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def jsonnet(self) -> typing.Optional[builtins.str]:
        '''
        :schema: GrafanaDashboardSpec#jsonnet
        '''
        result = self._values.get("jsonnet")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def jsonnet_lib(self) -> typing.Any:
        '''
        :schema: GrafanaDashboardSpec#jsonnetLib
        '''
        result = self._values.get("jsonnet_lib")
        return typing.cast(typing.Any, result)

    @builtins.property
    def oci(self) -> typing.Any:
        '''
        :schema: GrafanaDashboardSpec#oci
        '''
        result = self._values.get("oci")
        return typing.cast(typing.Any, result)

    @builtins.property
    def plugins(self) -> typing.Optional[typing.List[typing.Any]]:
        '''
        :schema: GrafanaDashboardSpec#plugins
        '''
        result = self._values.get("plugins")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def public_sharing(self) -> typing.Any:
        '''
        :schema: GrafanaDashboardSpec#publicSharing
        '''
        result = self._values.get("public_sharing")
        return typing.cast(typing.Any, result)

    @builtins.property
    def resync_period(self) -> typing.Optional[builtins.str]:
        '''
        :schema: GrafanaDashboardSpec#resyncPeriod
        '''
        result = self._values.get("resync_period")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def suspend(self) -> typing.Optional[builtins.bool]:
        '''
        :schema: GrafanaDashboardSpec#suspend
        '''
        result = self._values.get("suspend")
        return typing.cast(typing.Optional[builtins.bool], result)

    @builtins.property
    def uid(self) -> typing.Optional[builtins.str]:
        '''
        :schema: GrafanaDashboardSpec#uid
        '''
        result = self._values.get("uid")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def url(self) -> typing.Optional[builtins.str]:
        '''
        :schema: GrafanaDashboardSpec#url
        '''
        result = self._values.get("url")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def url_authorization(self) -> typing.Any:
        '''
        :schema: GrafanaDashboardSpec#urlAuthorization
        '''
        result = self._values.get("url_authorization")
        return typing.cast(typing.Any, result)

    @builtins.property
    def variables(self) -> typing.Optional[typing.List[typing.Any]]:
        '''
        :schema: GrafanaDashboardSpec#variables
        '''
        result = self._values.get("variables")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "GrafanaDashboardSpec(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


__all__ = [
    "GrafanaDashboard",
    "GrafanaDashboardProps",
    "GrafanaDashboardSpec",
]

publication.publish()

def _typecheckingstub__2c527d287bc2010def7e7ddd8422bb375c9fea998cedf726c82ade804f61654c(
    scope: _constructs_77d1e7e8.Construct,
    id: builtins.str,
    *,
    spec: typing.Union[GrafanaDashboardSpec, typing.Dict[builtins.str, typing.Any]],
    metadata: typing.Optional[typing.Union[_cdk8s_d3d9af27.ApiObjectMetadata, typing.Dict[builtins.str, typing.Any]]] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__446d5edd2585a0f7d395c67b4d96f3e7f007748c144e80a645ada070a482302b(
    *,
    spec: typing.Union[GrafanaDashboardSpec, typing.Dict[builtins.str, typing.Any]],
    metadata: typing.Optional[typing.Union[_cdk8s_d3d9af27.ApiObjectMetadata, typing.Dict[builtins.str, typing.Any]]] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__2cd46a27ff016d34d9233019acf3ae88d99b14d8c1601afff4c0acbbc81eb5c5(
    *,
    instance_selector: typing.Any,
    allow_cross_namespace_import: typing.Optional[builtins.bool] = None,
    config_map_ref: typing.Any = None,
    content_cache_duration: typing.Optional[builtins.str] = None,
    datasources: typing.Optional[typing.Sequence[typing.Any]] = None,
    env_from: typing.Optional[typing.Sequence[typing.Any]] = None,
    envs: typing.Optional[typing.Sequence[typing.Any]] = None,
    folder: typing.Optional[builtins.str] = None,
    folder_ref: typing.Optional[builtins.str] = None,
    folder_uid: typing.Optional[builtins.str] = None,
    grafana_com: typing.Any = None,
    gzip_json: typing.Optional[builtins.str] = None,
    json: typing.Optional[builtins.str] = None,
    jsonnet: typing.Optional[builtins.str] = None,
    jsonnet_lib: typing.Any = None,
    oci: typing.Any = None,
    plugins: typing.Optional[typing.Sequence[typing.Any]] = None,
    public_sharing: typing.Any = None,
    resync_period: typing.Optional[builtins.str] = None,
    suspend: typing.Optional[builtins.bool] = None,
    uid: typing.Optional[builtins.str] = None,
    url: typing.Optional[builtins.str] = None,
    url_authorization: typing.Any = None,
    variables: typing.Optional[typing.Sequence[typing.Any]] = None,
) -> None:
    """Type checking stubs"""
    pass
