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


class Dragonfly(
    _cdk8s_d3d9af27.ApiObject,
    metaclass=jsii.JSIIMeta,
    jsii_type="dragonfly_iodragonflydb.Dragonfly",
):
    '''
    :schema: Dragonfly
    '''

    def __init__(
        self,
        scope: "_constructs_77d1e7e8.Construct",
        id: builtins.str,
        *,
        spec: typing.Union["DragonflySpec", typing.Dict[builtins.str, typing.Any]],
        metadata: typing.Optional[typing.Union["_cdk8s_d3d9af27.ApiObjectMetadata", typing.Dict[builtins.str, typing.Any]]] = None,
    ) -> None:
        '''Defines a "Dragonfly" API object.

        :param scope: the scope in which to define this object.
        :param id: a scope-local name for the object.
        :param spec: 
        :param metadata: 
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__2c80e64a43b779e5193b620a16fe857fcb00abffefe2a7d325d28fd9553ea1b7)
            check_type(argname="argument scope", value=scope, expected_type=type_hints["scope"])
            check_type(argname="argument id", value=id, expected_type=type_hints["id"])
        props = DragonflyProps(spec=spec, metadata=metadata)

        jsii.create(self.__class__, self, [scope, id, props])

    @jsii.member(jsii_name="manifest")
    @builtins.classmethod
    def manifest(
        cls,
        *,
        spec: typing.Union["DragonflySpec", typing.Dict[builtins.str, typing.Any]],
        metadata: typing.Optional[typing.Union["_cdk8s_d3d9af27.ApiObjectMetadata", typing.Dict[builtins.str, typing.Any]]] = None,
    ) -> typing.Any:
        '''Renders a Kubernetes manifest for "Dragonfly".

        This can be used to inline resource manifests inside other objects (e.g. as templates).

        :param spec: 
        :param metadata: 
        '''
        props = DragonflyProps(spec=spec, metadata=metadata)

        return typing.cast(typing.Any, jsii.sinvoke(cls, "manifest", [props]))

    @jsii.member(jsii_name="toJson")
    def to_json(self) -> typing.Any:
        '''Renders the object to Kubernetes JSON.'''
        return typing.cast(typing.Any, jsii.invoke(self, "toJson", []))

    @jsii.python.classproperty
    @jsii.member(jsii_name="GVK")
    def GVK(cls) -> "_cdk8s_d3d9af27.GroupVersionKind":
        '''Returns the apiVersion and kind for "Dragonfly".'''
        return typing.cast("_cdk8s_d3d9af27.GroupVersionKind", jsii.sget(cls, "GVK"))


@jsii.data_type(
    jsii_type="dragonfly_iodragonflydb.DragonflyProps",
    jsii_struct_bases=[],
    name_mapping={"spec": "spec", "metadata": "metadata"},
)
class DragonflyProps:
    def __init__(
        self,
        *,
        spec: typing.Union["DragonflySpec", typing.Dict[builtins.str, typing.Any]],
        metadata: typing.Optional[typing.Union["_cdk8s_d3d9af27.ApiObjectMetadata", typing.Dict[builtins.str, typing.Any]]] = None,
    ) -> None:
        '''
        :param spec: 
        :param metadata: 

        :schema: Dragonfly
        '''
        if isinstance(spec, dict):
            spec = DragonflySpec(**spec)
        if isinstance(metadata, dict):
            metadata = _cdk8s_d3d9af27.ApiObjectMetadata(**metadata)
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__a6e2a4a085870e46e9b8722cbbfc9b9b6c9b0159c09b15bc8f5f599cccda7f55)
            check_type(argname="argument spec", value=spec, expected_type=type_hints["spec"])
            check_type(argname="argument metadata", value=metadata, expected_type=type_hints["metadata"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "spec": spec,
        }
        if metadata is not None:
            self._values["metadata"] = metadata

    @builtins.property
    def spec(self) -> "DragonflySpec":
        '''
        :schema: Dragonfly#spec
        '''
        result = self._values.get("spec")
        assert result is not None, "Required property 'spec' is missing"
        return typing.cast("DragonflySpec", result)

    @builtins.property
    def metadata(self) -> typing.Optional["_cdk8s_d3d9af27.ApiObjectMetadata"]:
        '''
        :schema: Dragonfly#metadata
        '''
        result = self._values.get("metadata")
        return typing.cast(typing.Optional["_cdk8s_d3d9af27.ApiObjectMetadata"], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "DragonflyProps(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="dragonfly_iodragonflydb.DragonflySpec",
    jsii_struct_bases=[],
    name_mapping={
        "acl_from_secret": "aclFromSecret",
        "additional_containers": "additionalContainers",
        "additional_volumes": "additionalVolumes",
        "affinity": "affinity",
        "annotations": "annotations",
        "args": "args",
        "authentication": "authentication",
        "container_security_context": "containerSecurityContext",
        "custom_liveness_probe_config_map": "customLivenessProbeConfigMap",
        "custom_readiness_probe_config_map": "customReadinessProbeConfigMap",
        "custom_startup_probe_config_map": "customStartupProbeConfigMap",
        "enable_replication_readiness_gate": "enableReplicationReadinessGate",
        "env": "env",
        "image": "image",
        "image_pull_policy": "imagePullPolicy",
        "image_pull_secrets": "imagePullSecrets",
        "init_containers": "initContainers",
        "labels": "labels",
        "memcached_port": "memcachedPort",
        "network_policy_enabled": "networkPolicyEnabled",
        "node_selector": "nodeSelector",
        "owned_objects_metadata": "ownedObjectsMetadata",
        "pdb": "pdb",
        "pod_metadata": "podMetadata",
        "pod_security_context": "podSecurityContext",
        "priority_class_name": "priorityClassName",
        "replicas": "replicas",
        "resources": "resources",
        "service_account_name": "serviceAccountName",
        "service_spec": "serviceSpec",
        "skip_fs_group": "skipFsGroup",
        "snapshot": "snapshot",
        "tiering": "tiering",
        "tls_secret_ref": "tlsSecretRef",
        "tolerations": "tolerations",
        "topology_spread_constraints": "topologySpreadConstraints",
    },
)
class DragonflySpec:
    def __init__(
        self,
        *,
        acl_from_secret: typing.Optional[typing.Union["DragonflySpecAclFromSecret", typing.Dict[builtins.str, typing.Any]]] = None,
        additional_containers: typing.Optional[typing.Sequence[typing.Any]] = None,
        additional_volumes: typing.Optional[typing.Sequence[typing.Any]] = None,
        affinity: typing.Any = None,
        annotations: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
        args: typing.Optional[typing.Sequence[builtins.str]] = None,
        authentication: typing.Optional[typing.Union["DragonflySpecAuthentication", typing.Dict[builtins.str, typing.Any]]] = None,
        container_security_context: typing.Any = None,
        custom_liveness_probe_config_map: typing.Optional[typing.Union["DragonflySpecCustomLivenessProbeConfigMap", typing.Dict[builtins.str, typing.Any]]] = None,
        custom_readiness_probe_config_map: typing.Optional[typing.Union["DragonflySpecCustomReadinessProbeConfigMap", typing.Dict[builtins.str, typing.Any]]] = None,
        custom_startup_probe_config_map: typing.Optional[typing.Union["DragonflySpecCustomStartupProbeConfigMap", typing.Dict[builtins.str, typing.Any]]] = None,
        enable_replication_readiness_gate: typing.Optional[builtins.bool] = None,
        env: typing.Optional[typing.Sequence[typing.Any]] = None,
        image: typing.Optional[builtins.str] = None,
        image_pull_policy: typing.Optional[builtins.str] = None,
        image_pull_secrets: typing.Optional[typing.Sequence[typing.Union["DragonflySpecImagePullSecrets", typing.Dict[builtins.str, typing.Any]]]] = None,
        init_containers: typing.Optional[typing.Sequence[typing.Any]] = None,
        labels: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
        memcached_port: typing.Optional[jsii.Number] = None,
        network_policy_enabled: typing.Optional[builtins.bool] = None,
        node_selector: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
        owned_objects_metadata: typing.Optional[typing.Union["DragonflySpecOwnedObjectsMetadata", typing.Dict[builtins.str, typing.Any]]] = None,
        pdb: typing.Optional[typing.Union["DragonflySpecPdb", typing.Dict[builtins.str, typing.Any]]] = None,
        pod_metadata: typing.Optional[typing.Union["DragonflySpecPodMetadata", typing.Dict[builtins.str, typing.Any]]] = None,
        pod_security_context: typing.Any = None,
        priority_class_name: typing.Optional[builtins.str] = None,
        replicas: typing.Optional[jsii.Number] = None,
        resources: typing.Any = None,
        service_account_name: typing.Optional[builtins.str] = None,
        service_spec: typing.Optional[typing.Union["DragonflySpecServiceSpec", typing.Dict[builtins.str, typing.Any]]] = None,
        skip_fs_group: typing.Optional[builtins.bool] = None,
        snapshot: typing.Optional[typing.Union["DragonflySpecSnapshot", typing.Dict[builtins.str, typing.Any]]] = None,
        tiering: typing.Optional[typing.Union["DragonflySpecTiering", typing.Dict[builtins.str, typing.Any]]] = None,
        tls_secret_ref: typing.Optional[typing.Union["DragonflySpecTlsSecretRef", typing.Dict[builtins.str, typing.Any]]] = None,
        tolerations: typing.Optional[typing.Sequence[typing.Any]] = None,
        topology_spread_constraints: typing.Optional[typing.Sequence[typing.Any]] = None,
    ) -> None:
        '''
        :param acl_from_secret: 
        :param additional_containers: 
        :param additional_volumes: 
        :param affinity: 
        :param annotations: 
        :param args: 
        :param authentication: 
        :param container_security_context: 
        :param custom_liveness_probe_config_map: 
        :param custom_readiness_probe_config_map: 
        :param custom_startup_probe_config_map: 
        :param enable_replication_readiness_gate: 
        :param env: 
        :param image: 
        :param image_pull_policy: 
        :param image_pull_secrets: 
        :param init_containers: 
        :param labels: 
        :param memcached_port: 
        :param network_policy_enabled: 
        :param node_selector: 
        :param owned_objects_metadata: 
        :param pdb: 
        :param pod_metadata: 
        :param pod_security_context: 
        :param priority_class_name: 
        :param replicas: 
        :param resources: 
        :param service_account_name: 
        :param service_spec: 
        :param skip_fs_group: 
        :param snapshot: 
        :param tiering: 
        :param tls_secret_ref: 
        :param tolerations: 
        :param topology_spread_constraints: 

        :schema: DragonflySpec
        '''
        if isinstance(acl_from_secret, dict):
            acl_from_secret = DragonflySpecAclFromSecret(**acl_from_secret)
        if isinstance(authentication, dict):
            authentication = DragonflySpecAuthentication(**authentication)
        if isinstance(custom_liveness_probe_config_map, dict):
            custom_liveness_probe_config_map = DragonflySpecCustomLivenessProbeConfigMap(**custom_liveness_probe_config_map)
        if isinstance(custom_readiness_probe_config_map, dict):
            custom_readiness_probe_config_map = DragonflySpecCustomReadinessProbeConfigMap(**custom_readiness_probe_config_map)
        if isinstance(custom_startup_probe_config_map, dict):
            custom_startup_probe_config_map = DragonflySpecCustomStartupProbeConfigMap(**custom_startup_probe_config_map)
        if isinstance(owned_objects_metadata, dict):
            owned_objects_metadata = DragonflySpecOwnedObjectsMetadata(**owned_objects_metadata)
        if isinstance(pdb, dict):
            pdb = DragonflySpecPdb(**pdb)
        if isinstance(pod_metadata, dict):
            pod_metadata = DragonflySpecPodMetadata(**pod_metadata)
        if isinstance(service_spec, dict):
            service_spec = DragonflySpecServiceSpec(**service_spec)
        if isinstance(snapshot, dict):
            snapshot = DragonflySpecSnapshot(**snapshot)
        if isinstance(tiering, dict):
            tiering = DragonflySpecTiering(**tiering)
        if isinstance(tls_secret_ref, dict):
            tls_secret_ref = DragonflySpecTlsSecretRef(**tls_secret_ref)
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__6a399064303b6da622b6d0c48d79984538425892d1cb288c9f1f2ce14fabdd99)
            check_type(argname="argument acl_from_secret", value=acl_from_secret, expected_type=type_hints["acl_from_secret"])
            check_type(argname="argument additional_containers", value=additional_containers, expected_type=type_hints["additional_containers"])
            check_type(argname="argument additional_volumes", value=additional_volumes, expected_type=type_hints["additional_volumes"])
            check_type(argname="argument affinity", value=affinity, expected_type=type_hints["affinity"])
            check_type(argname="argument annotations", value=annotations, expected_type=type_hints["annotations"])
            check_type(argname="argument args", value=args, expected_type=type_hints["args"])
            check_type(argname="argument authentication", value=authentication, expected_type=type_hints["authentication"])
            check_type(argname="argument container_security_context", value=container_security_context, expected_type=type_hints["container_security_context"])
            check_type(argname="argument custom_liveness_probe_config_map", value=custom_liveness_probe_config_map, expected_type=type_hints["custom_liveness_probe_config_map"])
            check_type(argname="argument custom_readiness_probe_config_map", value=custom_readiness_probe_config_map, expected_type=type_hints["custom_readiness_probe_config_map"])
            check_type(argname="argument custom_startup_probe_config_map", value=custom_startup_probe_config_map, expected_type=type_hints["custom_startup_probe_config_map"])
            check_type(argname="argument enable_replication_readiness_gate", value=enable_replication_readiness_gate, expected_type=type_hints["enable_replication_readiness_gate"])
            check_type(argname="argument env", value=env, expected_type=type_hints["env"])
            check_type(argname="argument image", value=image, expected_type=type_hints["image"])
            check_type(argname="argument image_pull_policy", value=image_pull_policy, expected_type=type_hints["image_pull_policy"])
            check_type(argname="argument image_pull_secrets", value=image_pull_secrets, expected_type=type_hints["image_pull_secrets"])
            check_type(argname="argument init_containers", value=init_containers, expected_type=type_hints["init_containers"])
            check_type(argname="argument labels", value=labels, expected_type=type_hints["labels"])
            check_type(argname="argument memcached_port", value=memcached_port, expected_type=type_hints["memcached_port"])
            check_type(argname="argument network_policy_enabled", value=network_policy_enabled, expected_type=type_hints["network_policy_enabled"])
            check_type(argname="argument node_selector", value=node_selector, expected_type=type_hints["node_selector"])
            check_type(argname="argument owned_objects_metadata", value=owned_objects_metadata, expected_type=type_hints["owned_objects_metadata"])
            check_type(argname="argument pdb", value=pdb, expected_type=type_hints["pdb"])
            check_type(argname="argument pod_metadata", value=pod_metadata, expected_type=type_hints["pod_metadata"])
            check_type(argname="argument pod_security_context", value=pod_security_context, expected_type=type_hints["pod_security_context"])
            check_type(argname="argument priority_class_name", value=priority_class_name, expected_type=type_hints["priority_class_name"])
            check_type(argname="argument replicas", value=replicas, expected_type=type_hints["replicas"])
            check_type(argname="argument resources", value=resources, expected_type=type_hints["resources"])
            check_type(argname="argument service_account_name", value=service_account_name, expected_type=type_hints["service_account_name"])
            check_type(argname="argument service_spec", value=service_spec, expected_type=type_hints["service_spec"])
            check_type(argname="argument skip_fs_group", value=skip_fs_group, expected_type=type_hints["skip_fs_group"])
            check_type(argname="argument snapshot", value=snapshot, expected_type=type_hints["snapshot"])
            check_type(argname="argument tiering", value=tiering, expected_type=type_hints["tiering"])
            check_type(argname="argument tls_secret_ref", value=tls_secret_ref, expected_type=type_hints["tls_secret_ref"])
            check_type(argname="argument tolerations", value=tolerations, expected_type=type_hints["tolerations"])
            check_type(argname="argument topology_spread_constraints", value=topology_spread_constraints, expected_type=type_hints["topology_spread_constraints"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if acl_from_secret is not None:
            self._values["acl_from_secret"] = acl_from_secret
        if additional_containers is not None:
            self._values["additional_containers"] = additional_containers
        if additional_volumes is not None:
            self._values["additional_volumes"] = additional_volumes
        if affinity is not None:
            self._values["affinity"] = affinity
        if annotations is not None:
            self._values["annotations"] = annotations
        if args is not None:
            self._values["args"] = args
        if authentication is not None:
            self._values["authentication"] = authentication
        if container_security_context is not None:
            self._values["container_security_context"] = container_security_context
        if custom_liveness_probe_config_map is not None:
            self._values["custom_liveness_probe_config_map"] = custom_liveness_probe_config_map
        if custom_readiness_probe_config_map is not None:
            self._values["custom_readiness_probe_config_map"] = custom_readiness_probe_config_map
        if custom_startup_probe_config_map is not None:
            self._values["custom_startup_probe_config_map"] = custom_startup_probe_config_map
        if enable_replication_readiness_gate is not None:
            self._values["enable_replication_readiness_gate"] = enable_replication_readiness_gate
        if env is not None:
            self._values["env"] = env
        if image is not None:
            self._values["image"] = image
        if image_pull_policy is not None:
            self._values["image_pull_policy"] = image_pull_policy
        if image_pull_secrets is not None:
            self._values["image_pull_secrets"] = image_pull_secrets
        if init_containers is not None:
            self._values["init_containers"] = init_containers
        if labels is not None:
            self._values["labels"] = labels
        if memcached_port is not None:
            self._values["memcached_port"] = memcached_port
        if network_policy_enabled is not None:
            self._values["network_policy_enabled"] = network_policy_enabled
        if node_selector is not None:
            self._values["node_selector"] = node_selector
        if owned_objects_metadata is not None:
            self._values["owned_objects_metadata"] = owned_objects_metadata
        if pdb is not None:
            self._values["pdb"] = pdb
        if pod_metadata is not None:
            self._values["pod_metadata"] = pod_metadata
        if pod_security_context is not None:
            self._values["pod_security_context"] = pod_security_context
        if priority_class_name is not None:
            self._values["priority_class_name"] = priority_class_name
        if replicas is not None:
            self._values["replicas"] = replicas
        if resources is not None:
            self._values["resources"] = resources
        if service_account_name is not None:
            self._values["service_account_name"] = service_account_name
        if service_spec is not None:
            self._values["service_spec"] = service_spec
        if skip_fs_group is not None:
            self._values["skip_fs_group"] = skip_fs_group
        if snapshot is not None:
            self._values["snapshot"] = snapshot
        if tiering is not None:
            self._values["tiering"] = tiering
        if tls_secret_ref is not None:
            self._values["tls_secret_ref"] = tls_secret_ref
        if tolerations is not None:
            self._values["tolerations"] = tolerations
        if topology_spread_constraints is not None:
            self._values["topology_spread_constraints"] = topology_spread_constraints

    @builtins.property
    def acl_from_secret(self) -> typing.Optional["DragonflySpecAclFromSecret"]:
        '''
        :schema: DragonflySpec#aclFromSecret
        '''
        result = self._values.get("acl_from_secret")
        return typing.cast(typing.Optional["DragonflySpecAclFromSecret"], result)

    @builtins.property
    def additional_containers(self) -> typing.Optional[typing.List[typing.Any]]:
        '''
        :schema: DragonflySpec#additionalContainers
        '''
        result = self._values.get("additional_containers")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def additional_volumes(self) -> typing.Optional[typing.List[typing.Any]]:
        '''
        :schema: DragonflySpec#additionalVolumes
        '''
        result = self._values.get("additional_volumes")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def affinity(self) -> typing.Any:
        '''
        :schema: DragonflySpec#affinity
        '''
        result = self._values.get("affinity")
        return typing.cast(typing.Any, result)

    @builtins.property
    def annotations(
        self,
    ) -> typing.Optional[typing.Mapping[builtins.str, builtins.str]]:
        '''
        :schema: DragonflySpec#annotations
        '''
        result = self._values.get("annotations")
        return typing.cast(typing.Optional[typing.Mapping[builtins.str, builtins.str]], result)

    @builtins.property
    def args(self) -> typing.Optional[typing.List[builtins.str]]:
        '''
        :schema: DragonflySpec#args
        '''
        result = self._values.get("args")
        return typing.cast(typing.Optional[typing.List[builtins.str]], result)

    @builtins.property
    def authentication(self) -> typing.Optional["DragonflySpecAuthentication"]:
        '''
        :schema: DragonflySpec#authentication
        '''
        result = self._values.get("authentication")
        return typing.cast(typing.Optional["DragonflySpecAuthentication"], result)

    @builtins.property
    def container_security_context(self) -> typing.Any:
        '''
        :schema: DragonflySpec#containerSecurityContext
        '''
        result = self._values.get("container_security_context")
        return typing.cast(typing.Any, result)

    @builtins.property
    def custom_liveness_probe_config_map(
        self,
    ) -> typing.Optional["DragonflySpecCustomLivenessProbeConfigMap"]:
        '''
        :schema: DragonflySpec#customLivenessProbeConfigMap
        '''
        result = self._values.get("custom_liveness_probe_config_map")
        return typing.cast(typing.Optional["DragonflySpecCustomLivenessProbeConfigMap"], result)

    @builtins.property
    def custom_readiness_probe_config_map(
        self,
    ) -> typing.Optional["DragonflySpecCustomReadinessProbeConfigMap"]:
        '''
        :schema: DragonflySpec#customReadinessProbeConfigMap
        '''
        result = self._values.get("custom_readiness_probe_config_map")
        return typing.cast(typing.Optional["DragonflySpecCustomReadinessProbeConfigMap"], result)

    @builtins.property
    def custom_startup_probe_config_map(
        self,
    ) -> typing.Optional["DragonflySpecCustomStartupProbeConfigMap"]:
        '''
        :schema: DragonflySpec#customStartupProbeConfigMap
        '''
        result = self._values.get("custom_startup_probe_config_map")
        return typing.cast(typing.Optional["DragonflySpecCustomStartupProbeConfigMap"], result)

    @builtins.property
    def enable_replication_readiness_gate(self) -> typing.Optional[builtins.bool]:
        '''
        :schema: DragonflySpec#enableReplicationReadinessGate
        '''
        result = self._values.get("enable_replication_readiness_gate")
        return typing.cast(typing.Optional[builtins.bool], result)

    @builtins.property
    def env(self) -> typing.Optional[typing.List[typing.Any]]:
        '''
        :schema: DragonflySpec#env
        '''
        result = self._values.get("env")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def image(self) -> typing.Optional[builtins.str]:
        '''
        :schema: DragonflySpec#image
        '''
        result = self._values.get("image")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def image_pull_policy(self) -> typing.Optional[builtins.str]:
        '''
        :schema: DragonflySpec#imagePullPolicy
        '''
        result = self._values.get("image_pull_policy")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def image_pull_secrets(
        self,
    ) -> typing.Optional[typing.List["DragonflySpecImagePullSecrets"]]:
        '''
        :schema: DragonflySpec#imagePullSecrets
        '''
        result = self._values.get("image_pull_secrets")
        return typing.cast(typing.Optional[typing.List["DragonflySpecImagePullSecrets"]], result)

    @builtins.property
    def init_containers(self) -> typing.Optional[typing.List[typing.Any]]:
        '''
        :schema: DragonflySpec#initContainers
        '''
        result = self._values.get("init_containers")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def labels(self) -> typing.Optional[typing.Mapping[builtins.str, builtins.str]]:
        '''
        :schema: DragonflySpec#labels
        '''
        result = self._values.get("labels")
        return typing.cast(typing.Optional[typing.Mapping[builtins.str, builtins.str]], result)

    @builtins.property
    def memcached_port(self) -> typing.Optional[jsii.Number]:
        '''
        :schema: DragonflySpec#memcachedPort
        '''
        result = self._values.get("memcached_port")
        return typing.cast(typing.Optional[jsii.Number], result)

    @builtins.property
    def network_policy_enabled(self) -> typing.Optional[builtins.bool]:
        '''
        :schema: DragonflySpec#networkPolicyEnabled
        '''
        result = self._values.get("network_policy_enabled")
        return typing.cast(typing.Optional[builtins.bool], result)

    @builtins.property
    def node_selector(
        self,
    ) -> typing.Optional[typing.Mapping[builtins.str, builtins.str]]:
        '''
        :schema: DragonflySpec#nodeSelector
        '''
        result = self._values.get("node_selector")
        return typing.cast(typing.Optional[typing.Mapping[builtins.str, builtins.str]], result)

    @builtins.property
    def owned_objects_metadata(
        self,
    ) -> typing.Optional["DragonflySpecOwnedObjectsMetadata"]:
        '''
        :schema: DragonflySpec#ownedObjectsMetadata
        '''
        result = self._values.get("owned_objects_metadata")
        return typing.cast(typing.Optional["DragonflySpecOwnedObjectsMetadata"], result)

    @builtins.property
    def pdb(self) -> typing.Optional["DragonflySpecPdb"]:
        '''
        :schema: DragonflySpec#pdb
        '''
        result = self._values.get("pdb")
        return typing.cast(typing.Optional["DragonflySpecPdb"], result)

    @builtins.property
    def pod_metadata(self) -> typing.Optional["DragonflySpecPodMetadata"]:
        '''
        :schema: DragonflySpec#podMetadata
        '''
        result = self._values.get("pod_metadata")
        return typing.cast(typing.Optional["DragonflySpecPodMetadata"], result)

    @builtins.property
    def pod_security_context(self) -> typing.Any:
        '''
        :schema: DragonflySpec#podSecurityContext
        '''
        result = self._values.get("pod_security_context")
        return typing.cast(typing.Any, result)

    @builtins.property
    def priority_class_name(self) -> typing.Optional[builtins.str]:
        '''
        :schema: DragonflySpec#priorityClassName
        '''
        result = self._values.get("priority_class_name")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def replicas(self) -> typing.Optional[jsii.Number]:
        '''
        :schema: DragonflySpec#replicas
        '''
        result = self._values.get("replicas")
        return typing.cast(typing.Optional[jsii.Number], result)

    @builtins.property
    def resources(self) -> typing.Any:
        '''
        :schema: DragonflySpec#resources
        '''
        result = self._values.get("resources")
        return typing.cast(typing.Any, result)

    @builtins.property
    def service_account_name(self) -> typing.Optional[builtins.str]:
        '''
        :schema: DragonflySpec#serviceAccountName
        '''
        result = self._values.get("service_account_name")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def service_spec(self) -> typing.Optional["DragonflySpecServiceSpec"]:
        '''
        :schema: DragonflySpec#serviceSpec
        '''
        result = self._values.get("service_spec")
        return typing.cast(typing.Optional["DragonflySpecServiceSpec"], result)

    @builtins.property
    def skip_fs_group(self) -> typing.Optional[builtins.bool]:
        '''
        :schema: DragonflySpec#skipFSGroup
        '''
        result = self._values.get("skip_fs_group")
        return typing.cast(typing.Optional[builtins.bool], result)

    @builtins.property
    def snapshot(self) -> typing.Optional["DragonflySpecSnapshot"]:
        '''
        :schema: DragonflySpec#snapshot
        '''
        result = self._values.get("snapshot")
        return typing.cast(typing.Optional["DragonflySpecSnapshot"], result)

    @builtins.property
    def tiering(self) -> typing.Optional["DragonflySpecTiering"]:
        '''
        :schema: DragonflySpec#tiering
        '''
        result = self._values.get("tiering")
        return typing.cast(typing.Optional["DragonflySpecTiering"], result)

    @builtins.property
    def tls_secret_ref(self) -> typing.Optional["DragonflySpecTlsSecretRef"]:
        '''
        :schema: DragonflySpec#tlsSecretRef
        '''
        result = self._values.get("tls_secret_ref")
        return typing.cast(typing.Optional["DragonflySpecTlsSecretRef"], result)

    @builtins.property
    def tolerations(self) -> typing.Optional[typing.List[typing.Any]]:
        '''
        :schema: DragonflySpec#tolerations
        '''
        result = self._values.get("tolerations")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def topology_spread_constraints(self) -> typing.Optional[typing.List[typing.Any]]:
        '''
        :schema: DragonflySpec#topologySpreadConstraints
        '''
        result = self._values.get("topology_spread_constraints")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "DragonflySpec(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="dragonfly_iodragonflydb.DragonflySpecAclFromSecret",
    jsii_struct_bases=[],
    name_mapping={"key": "key", "name": "name", "optional": "optional"},
)
class DragonflySpecAclFromSecret:
    def __init__(
        self,
        *,
        key: builtins.str,
        name: typing.Optional[builtins.str] = None,
        optional: typing.Optional[builtins.bool] = None,
    ) -> None:
        '''
        :param key: 
        :param name: 
        :param optional: 

        :schema: DragonflySpecAclFromSecret
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__8890a7c45585c7910f69df0e8472b312703ab638f00e5b4a13da80e2a69aafb5)
            check_type(argname="argument key", value=key, expected_type=type_hints["key"])
            check_type(argname="argument name", value=name, expected_type=type_hints["name"])
            check_type(argname="argument optional", value=optional, expected_type=type_hints["optional"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "key": key,
        }
        if name is not None:
            self._values["name"] = name
        if optional is not None:
            self._values["optional"] = optional

    @builtins.property
    def key(self) -> builtins.str:
        '''
        :schema: DragonflySpecAclFromSecret#key
        '''
        result = self._values.get("key")
        assert result is not None, "Required property 'key' is missing"
        return typing.cast(builtins.str, result)

    @builtins.property
    def name(self) -> typing.Optional[builtins.str]:
        '''
        :schema: DragonflySpecAclFromSecret#name
        '''
        result = self._values.get("name")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def optional(self) -> typing.Optional[builtins.bool]:
        '''
        :schema: DragonflySpecAclFromSecret#optional
        '''
        result = self._values.get("optional")
        return typing.cast(typing.Optional[builtins.bool], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "DragonflySpecAclFromSecret(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="dragonfly_iodragonflydb.DragonflySpecAuthentication",
    jsii_struct_bases=[],
    name_mapping={
        "client_ca_cert_secret": "clientCaCertSecret",
        "password_from_secret": "passwordFromSecret",
    },
)
class DragonflySpecAuthentication:
    def __init__(
        self,
        *,
        client_ca_cert_secret: typing.Optional[typing.Union["DragonflySpecAuthenticationClientCaCertSecret", typing.Dict[builtins.str, typing.Any]]] = None,
        password_from_secret: typing.Optional[typing.Union["DragonflySpecAuthenticationPasswordFromSecret", typing.Dict[builtins.str, typing.Any]]] = None,
    ) -> None:
        '''
        :param client_ca_cert_secret: 
        :param password_from_secret: 

        :schema: DragonflySpecAuthentication
        '''
        if isinstance(client_ca_cert_secret, dict):
            client_ca_cert_secret = DragonflySpecAuthenticationClientCaCertSecret(**client_ca_cert_secret)
        if isinstance(password_from_secret, dict):
            password_from_secret = DragonflySpecAuthenticationPasswordFromSecret(**password_from_secret)
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__dee2bbfb1fd792cc645a3ddf1b6dbb8e32c75d0042e447c066156452ee462c04)
            check_type(argname="argument client_ca_cert_secret", value=client_ca_cert_secret, expected_type=type_hints["client_ca_cert_secret"])
            check_type(argname="argument password_from_secret", value=password_from_secret, expected_type=type_hints["password_from_secret"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if client_ca_cert_secret is not None:
            self._values["client_ca_cert_secret"] = client_ca_cert_secret
        if password_from_secret is not None:
            self._values["password_from_secret"] = password_from_secret

    @builtins.property
    def client_ca_cert_secret(
        self,
    ) -> typing.Optional["DragonflySpecAuthenticationClientCaCertSecret"]:
        '''
        :schema: DragonflySpecAuthentication#clientCaCertSecret
        '''
        result = self._values.get("client_ca_cert_secret")
        return typing.cast(typing.Optional["DragonflySpecAuthenticationClientCaCertSecret"], result)

    @builtins.property
    def password_from_secret(
        self,
    ) -> typing.Optional["DragonflySpecAuthenticationPasswordFromSecret"]:
        '''
        :schema: DragonflySpecAuthentication#passwordFromSecret
        '''
        result = self._values.get("password_from_secret")
        return typing.cast(typing.Optional["DragonflySpecAuthenticationPasswordFromSecret"], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "DragonflySpecAuthentication(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="dragonfly_iodragonflydb.DragonflySpecAuthenticationClientCaCertSecret",
    jsii_struct_bases=[],
    name_mapping={"key": "key", "name": "name", "optional": "optional"},
)
class DragonflySpecAuthenticationClientCaCertSecret:
    def __init__(
        self,
        *,
        key: builtins.str,
        name: typing.Optional[builtins.str] = None,
        optional: typing.Optional[builtins.bool] = None,
    ) -> None:
        '''
        :param key: 
        :param name: 
        :param optional: 

        :schema: DragonflySpecAuthenticationClientCaCertSecret
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__7b5109adfcb6922f2ff458fbe73c3626cf5e00325606d711e5194673c3d651c9)
            check_type(argname="argument key", value=key, expected_type=type_hints["key"])
            check_type(argname="argument name", value=name, expected_type=type_hints["name"])
            check_type(argname="argument optional", value=optional, expected_type=type_hints["optional"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "key": key,
        }
        if name is not None:
            self._values["name"] = name
        if optional is not None:
            self._values["optional"] = optional

    @builtins.property
    def key(self) -> builtins.str:
        '''
        :schema: DragonflySpecAuthenticationClientCaCertSecret#key
        '''
        result = self._values.get("key")
        assert result is not None, "Required property 'key' is missing"
        return typing.cast(builtins.str, result)

    @builtins.property
    def name(self) -> typing.Optional[builtins.str]:
        '''
        :schema: DragonflySpecAuthenticationClientCaCertSecret#name
        '''
        result = self._values.get("name")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def optional(self) -> typing.Optional[builtins.bool]:
        '''
        :schema: DragonflySpecAuthenticationClientCaCertSecret#optional
        '''
        result = self._values.get("optional")
        return typing.cast(typing.Optional[builtins.bool], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "DragonflySpecAuthenticationClientCaCertSecret(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="dragonfly_iodragonflydb.DragonflySpecAuthenticationPasswordFromSecret",
    jsii_struct_bases=[],
    name_mapping={"key": "key", "name": "name", "optional": "optional"},
)
class DragonflySpecAuthenticationPasswordFromSecret:
    def __init__(
        self,
        *,
        key: builtins.str,
        name: typing.Optional[builtins.str] = None,
        optional: typing.Optional[builtins.bool] = None,
    ) -> None:
        '''
        :param key: 
        :param name: 
        :param optional: 

        :schema: DragonflySpecAuthenticationPasswordFromSecret
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__e795585b6c9f2068d124d3323b0a648913ca9737a32d03db02bf698d23d9921c)
            check_type(argname="argument key", value=key, expected_type=type_hints["key"])
            check_type(argname="argument name", value=name, expected_type=type_hints["name"])
            check_type(argname="argument optional", value=optional, expected_type=type_hints["optional"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "key": key,
        }
        if name is not None:
            self._values["name"] = name
        if optional is not None:
            self._values["optional"] = optional

    @builtins.property
    def key(self) -> builtins.str:
        '''
        :schema: DragonflySpecAuthenticationPasswordFromSecret#key
        '''
        result = self._values.get("key")
        assert result is not None, "Required property 'key' is missing"
        return typing.cast(builtins.str, result)

    @builtins.property
    def name(self) -> typing.Optional[builtins.str]:
        '''
        :schema: DragonflySpecAuthenticationPasswordFromSecret#name
        '''
        result = self._values.get("name")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def optional(self) -> typing.Optional[builtins.bool]:
        '''
        :schema: DragonflySpecAuthenticationPasswordFromSecret#optional
        '''
        result = self._values.get("optional")
        return typing.cast(typing.Optional[builtins.bool], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "DragonflySpecAuthenticationPasswordFromSecret(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="dragonfly_iodragonflydb.DragonflySpecCustomLivenessProbeConfigMap",
    jsii_struct_bases=[],
    name_mapping={"name": "name"},
)
class DragonflySpecCustomLivenessProbeConfigMap:
    def __init__(self, *, name: typing.Optional[builtins.str] = None) -> None:
        '''
        :param name: 

        :schema: DragonflySpecCustomLivenessProbeConfigMap
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__d9c13fbcb8ba60974ddac4f07286d5f765f830c406fcadd47673eda5c87eccec)
            check_type(argname="argument name", value=name, expected_type=type_hints["name"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if name is not None:
            self._values["name"] = name

    @builtins.property
    def name(self) -> typing.Optional[builtins.str]:
        '''
        :schema: DragonflySpecCustomLivenessProbeConfigMap#name
        '''
        result = self._values.get("name")
        return typing.cast(typing.Optional[builtins.str], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "DragonflySpecCustomLivenessProbeConfigMap(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="dragonfly_iodragonflydb.DragonflySpecCustomReadinessProbeConfigMap",
    jsii_struct_bases=[],
    name_mapping={"name": "name"},
)
class DragonflySpecCustomReadinessProbeConfigMap:
    def __init__(self, *, name: typing.Optional[builtins.str] = None) -> None:
        '''
        :param name: 

        :schema: DragonflySpecCustomReadinessProbeConfigMap
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__648af0c80e6b96b5e93c7883947e21c9bad29f75c4b361a3799d2dd4474bd15d)
            check_type(argname="argument name", value=name, expected_type=type_hints["name"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if name is not None:
            self._values["name"] = name

    @builtins.property
    def name(self) -> typing.Optional[builtins.str]:
        '''
        :schema: DragonflySpecCustomReadinessProbeConfigMap#name
        '''
        result = self._values.get("name")
        return typing.cast(typing.Optional[builtins.str], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "DragonflySpecCustomReadinessProbeConfigMap(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="dragonfly_iodragonflydb.DragonflySpecCustomStartupProbeConfigMap",
    jsii_struct_bases=[],
    name_mapping={"name": "name"},
)
class DragonflySpecCustomStartupProbeConfigMap:
    def __init__(self, *, name: typing.Optional[builtins.str] = None) -> None:
        '''
        :param name: 

        :schema: DragonflySpecCustomStartupProbeConfigMap
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__73b86efbc8bcf827e7572f83ab08072e1c7e149fd35f27e3b4f14aa1b1b103ac)
            check_type(argname="argument name", value=name, expected_type=type_hints["name"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if name is not None:
            self._values["name"] = name

    @builtins.property
    def name(self) -> typing.Optional[builtins.str]:
        '''
        :schema: DragonflySpecCustomStartupProbeConfigMap#name
        '''
        result = self._values.get("name")
        return typing.cast(typing.Optional[builtins.str], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "DragonflySpecCustomStartupProbeConfigMap(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="dragonfly_iodragonflydb.DragonflySpecImagePullSecrets",
    jsii_struct_bases=[],
    name_mapping={"name": "name"},
)
class DragonflySpecImagePullSecrets:
    def __init__(self, *, name: typing.Optional[builtins.str] = None) -> None:
        '''
        :param name: 

        :schema: DragonflySpecImagePullSecrets
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__ed9b7605213e25636d3c3461e531fedae058b33ab7ee8abc3383bb334493a97e)
            check_type(argname="argument name", value=name, expected_type=type_hints["name"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if name is not None:
            self._values["name"] = name

    @builtins.property
    def name(self) -> typing.Optional[builtins.str]:
        '''
        :schema: DragonflySpecImagePullSecrets#name
        '''
        result = self._values.get("name")
        return typing.cast(typing.Optional[builtins.str], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "DragonflySpecImagePullSecrets(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="dragonfly_iodragonflydb.DragonflySpecOwnedObjectsMetadata",
    jsii_struct_bases=[],
    name_mapping={"annotations": "annotations", "labels": "labels"},
)
class DragonflySpecOwnedObjectsMetadata:
    def __init__(
        self,
        *,
        annotations: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
        labels: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
    ) -> None:
        '''
        :param annotations: 
        :param labels: 

        :schema: DragonflySpecOwnedObjectsMetadata
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__1906539ece555440a08d3a383e90db1e747cb9a393db32f0fbee727fdb3037ec)
            check_type(argname="argument annotations", value=annotations, expected_type=type_hints["annotations"])
            check_type(argname="argument labels", value=labels, expected_type=type_hints["labels"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if annotations is not None:
            self._values["annotations"] = annotations
        if labels is not None:
            self._values["labels"] = labels

    @builtins.property
    def annotations(
        self,
    ) -> typing.Optional[typing.Mapping[builtins.str, builtins.str]]:
        '''
        :schema: DragonflySpecOwnedObjectsMetadata#annotations
        '''
        result = self._values.get("annotations")
        return typing.cast(typing.Optional[typing.Mapping[builtins.str, builtins.str]], result)

    @builtins.property
    def labels(self) -> typing.Optional[typing.Mapping[builtins.str, builtins.str]]:
        '''
        :schema: DragonflySpecOwnedObjectsMetadata#labels
        '''
        result = self._values.get("labels")
        return typing.cast(typing.Optional[typing.Mapping[builtins.str, builtins.str]], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "DragonflySpecOwnedObjectsMetadata(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="dragonfly_iodragonflydb.DragonflySpecPdb",
    jsii_struct_bases=[],
    name_mapping={
        "max_unavailable": "maxUnavailable",
        "min_available": "minAvailable",
    },
)
class DragonflySpecPdb:
    def __init__(
        self,
        *,
        max_unavailable: typing.Any = None,
        min_available: typing.Any = None,
    ) -> None:
        '''
        :param max_unavailable: 
        :param min_available: 

        :schema: DragonflySpecPdb
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__0c2416d4f0b6fd28a996230d84191328f7400ad96b5b69422c20f2190457a018)
            check_type(argname="argument max_unavailable", value=max_unavailable, expected_type=type_hints["max_unavailable"])
            check_type(argname="argument min_available", value=min_available, expected_type=type_hints["min_available"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if max_unavailable is not None:
            self._values["max_unavailable"] = max_unavailable
        if min_available is not None:
            self._values["min_available"] = min_available

    @builtins.property
    def max_unavailable(self) -> typing.Any:
        '''
        :schema: DragonflySpecPdb#maxUnavailable
        '''
        result = self._values.get("max_unavailable")
        return typing.cast(typing.Any, result)

    @builtins.property
    def min_available(self) -> typing.Any:
        '''
        :schema: DragonflySpecPdb#minAvailable
        '''
        result = self._values.get("min_available")
        return typing.cast(typing.Any, result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "DragonflySpecPdb(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="dragonfly_iodragonflydb.DragonflySpecPodMetadata",
    jsii_struct_bases=[],
    name_mapping={"annotations": "annotations", "labels": "labels"},
)
class DragonflySpecPodMetadata:
    def __init__(
        self,
        *,
        annotations: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
        labels: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
    ) -> None:
        '''
        :param annotations: 
        :param labels: 

        :schema: DragonflySpecPodMetadata
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__6f550ba779787451bdf908d4025625b208a47edfb1b8f14b2ad2ef9ac9ff4e54)
            check_type(argname="argument annotations", value=annotations, expected_type=type_hints["annotations"])
            check_type(argname="argument labels", value=labels, expected_type=type_hints["labels"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if annotations is not None:
            self._values["annotations"] = annotations
        if labels is not None:
            self._values["labels"] = labels

    @builtins.property
    def annotations(
        self,
    ) -> typing.Optional[typing.Mapping[builtins.str, builtins.str]]:
        '''
        :schema: DragonflySpecPodMetadata#annotations
        '''
        result = self._values.get("annotations")
        return typing.cast(typing.Optional[typing.Mapping[builtins.str, builtins.str]], result)

    @builtins.property
    def labels(self) -> typing.Optional[typing.Mapping[builtins.str, builtins.str]]:
        '''
        :schema: DragonflySpecPodMetadata#labels
        '''
        result = self._values.get("labels")
        return typing.cast(typing.Optional[typing.Mapping[builtins.str, builtins.str]], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "DragonflySpecPodMetadata(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="dragonfly_iodragonflydb.DragonflySpecServiceSpec",
    jsii_struct_bases=[],
    name_mapping={
        "annotations": "annotations",
        "labels": "labels",
        "name": "name",
        "node_port": "nodePort",
        "type": "type",
    },
)
class DragonflySpecServiceSpec:
    def __init__(
        self,
        *,
        annotations: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
        labels: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
        name: typing.Optional[builtins.str] = None,
        node_port: typing.Optional[jsii.Number] = None,
        type: typing.Optional[builtins.str] = None,
    ) -> None:
        '''
        :param annotations: 
        :param labels: 
        :param name: 
        :param node_port: 
        :param type: 

        :schema: DragonflySpecServiceSpec
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__8acfebb7eae454ebc05e4a437dcab51761a794e4c31dcda4650f4e910586ee27)
            check_type(argname="argument annotations", value=annotations, expected_type=type_hints["annotations"])
            check_type(argname="argument labels", value=labels, expected_type=type_hints["labels"])
            check_type(argname="argument name", value=name, expected_type=type_hints["name"])
            check_type(argname="argument node_port", value=node_port, expected_type=type_hints["node_port"])
            check_type(argname="argument type", value=type, expected_type=type_hints["type"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if annotations is not None:
            self._values["annotations"] = annotations
        if labels is not None:
            self._values["labels"] = labels
        if name is not None:
            self._values["name"] = name
        if node_port is not None:
            self._values["node_port"] = node_port
        if type is not None:
            self._values["type"] = type

    @builtins.property
    def annotations(
        self,
    ) -> typing.Optional[typing.Mapping[builtins.str, builtins.str]]:
        '''
        :schema: DragonflySpecServiceSpec#annotations
        '''
        result = self._values.get("annotations")
        return typing.cast(typing.Optional[typing.Mapping[builtins.str, builtins.str]], result)

    @builtins.property
    def labels(self) -> typing.Optional[typing.Mapping[builtins.str, builtins.str]]:
        '''
        :schema: DragonflySpecServiceSpec#labels
        '''
        result = self._values.get("labels")
        return typing.cast(typing.Optional[typing.Mapping[builtins.str, builtins.str]], result)

    @builtins.property
    def name(self) -> typing.Optional[builtins.str]:
        '''
        :schema: DragonflySpecServiceSpec#name
        '''
        result = self._values.get("name")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def node_port(self) -> typing.Optional[jsii.Number]:
        '''
        :schema: DragonflySpecServiceSpec#nodePort
        '''
        result = self._values.get("node_port")
        return typing.cast(typing.Optional[jsii.Number], result)

    @builtins.property
    def type(self) -> typing.Optional[builtins.str]:
        '''
        :schema: DragonflySpecServiceSpec#type
        '''
        result = self._values.get("type")
        return typing.cast(typing.Optional[builtins.str], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "DragonflySpecServiceSpec(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="dragonfly_iodragonflydb.DragonflySpecSnapshot",
    jsii_struct_bases=[],
    name_mapping={
        "cron": "cron",
        "dir": "dir",
        "enable_on_master_only": "enableOnMasterOnly",
        "existing_persistent_volume_claim_name": "existingPersistentVolumeClaimName",
        "persistent_volume_claim_spec": "persistentVolumeClaimSpec",
    },
)
class DragonflySpecSnapshot:
    def __init__(
        self,
        *,
        cron: typing.Optional[builtins.str] = None,
        dir: typing.Optional[builtins.str] = None,
        enable_on_master_only: typing.Optional[builtins.bool] = None,
        existing_persistent_volume_claim_name: typing.Optional[builtins.str] = None,
        persistent_volume_claim_spec: typing.Any = None,
    ) -> None:
        '''
        :param cron: 
        :param dir: 
        :param enable_on_master_only: 
        :param existing_persistent_volume_claim_name: 
        :param persistent_volume_claim_spec: 

        :schema: DragonflySpecSnapshot
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__70de65e566752e5b2fe61d7690f66086ca8e5d5a6148325b0b3fd1509a658a80)
            check_type(argname="argument cron", value=cron, expected_type=type_hints["cron"])
            check_type(argname="argument dir", value=dir, expected_type=type_hints["dir"])
            check_type(argname="argument enable_on_master_only", value=enable_on_master_only, expected_type=type_hints["enable_on_master_only"])
            check_type(argname="argument existing_persistent_volume_claim_name", value=existing_persistent_volume_claim_name, expected_type=type_hints["existing_persistent_volume_claim_name"])
            check_type(argname="argument persistent_volume_claim_spec", value=persistent_volume_claim_spec, expected_type=type_hints["persistent_volume_claim_spec"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if cron is not None:
            self._values["cron"] = cron
        if dir is not None:
            self._values["dir"] = dir
        if enable_on_master_only is not None:
            self._values["enable_on_master_only"] = enable_on_master_only
        if existing_persistent_volume_claim_name is not None:
            self._values["existing_persistent_volume_claim_name"] = existing_persistent_volume_claim_name
        if persistent_volume_claim_spec is not None:
            self._values["persistent_volume_claim_spec"] = persistent_volume_claim_spec

    @builtins.property
    def cron(self) -> typing.Optional[builtins.str]:
        '''
        :schema: DragonflySpecSnapshot#cron
        '''
        result = self._values.get("cron")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def dir(self) -> typing.Optional[builtins.str]:
        '''
        :schema: DragonflySpecSnapshot#dir
        '''
        result = self._values.get("dir")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def enable_on_master_only(self) -> typing.Optional[builtins.bool]:
        '''
        :schema: DragonflySpecSnapshot#enableOnMasterOnly
        '''
        result = self._values.get("enable_on_master_only")
        return typing.cast(typing.Optional[builtins.bool], result)

    @builtins.property
    def existing_persistent_volume_claim_name(self) -> typing.Optional[builtins.str]:
        '''
        :schema: DragonflySpecSnapshot#existingPersistentVolumeClaimName
        '''
        result = self._values.get("existing_persistent_volume_claim_name")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def persistent_volume_claim_spec(self) -> typing.Any:
        '''
        :schema: DragonflySpecSnapshot#persistentVolumeClaimSpec
        '''
        result = self._values.get("persistent_volume_claim_spec")
        return typing.cast(typing.Any, result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "DragonflySpecSnapshot(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="dragonfly_iodragonflydb.DragonflySpecTiering",
    jsii_struct_bases=[],
    name_mapping={"persistent_volume_claim_spec": "persistentVolumeClaimSpec"},
)
class DragonflySpecTiering:
    def __init__(self, *, persistent_volume_claim_spec: typing.Any = None) -> None:
        '''
        :param persistent_volume_claim_spec: 

        :schema: DragonflySpecTiering
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__58b8b99462e138bcc7d96fcfa0dda393f1aa5f93e1031b654efef54fb0239905)
            check_type(argname="argument persistent_volume_claim_spec", value=persistent_volume_claim_spec, expected_type=type_hints["persistent_volume_claim_spec"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if persistent_volume_claim_spec is not None:
            self._values["persistent_volume_claim_spec"] = persistent_volume_claim_spec

    @builtins.property
    def persistent_volume_claim_spec(self) -> typing.Any:
        '''
        :schema: DragonflySpecTiering#persistentVolumeClaimSpec
        '''
        result = self._values.get("persistent_volume_claim_spec")
        return typing.cast(typing.Any, result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "DragonflySpecTiering(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="dragonfly_iodragonflydb.DragonflySpecTlsSecretRef",
    jsii_struct_bases=[],
    name_mapping={"name": "name", "namespace": "namespace"},
)
class DragonflySpecTlsSecretRef:
    def __init__(
        self,
        *,
        name: typing.Optional[builtins.str] = None,
        namespace: typing.Optional[builtins.str] = None,
    ) -> None:
        '''
        :param name: 
        :param namespace: 

        :schema: DragonflySpecTlsSecretRef
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__297506099a8870026d2cf4adc4791beb4b2173de851be6dc88161b5322e82203)
            check_type(argname="argument name", value=name, expected_type=type_hints["name"])
            check_type(argname="argument namespace", value=namespace, expected_type=type_hints["namespace"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if name is not None:
            self._values["name"] = name
        if namespace is not None:
            self._values["namespace"] = namespace

    @builtins.property
    def name(self) -> typing.Optional[builtins.str]:
        '''
        :schema: DragonflySpecTlsSecretRef#name
        '''
        result = self._values.get("name")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def namespace(self) -> typing.Optional[builtins.str]:
        '''
        :schema: DragonflySpecTlsSecretRef#namespace
        '''
        result = self._values.get("namespace")
        return typing.cast(typing.Optional[builtins.str], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "DragonflySpecTlsSecretRef(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


__all__ = [
    "Dragonfly",
    "DragonflyProps",
    "DragonflySpec",
    "DragonflySpecAclFromSecret",
    "DragonflySpecAuthentication",
    "DragonflySpecAuthenticationClientCaCertSecret",
    "DragonflySpecAuthenticationPasswordFromSecret",
    "DragonflySpecCustomLivenessProbeConfigMap",
    "DragonflySpecCustomReadinessProbeConfigMap",
    "DragonflySpecCustomStartupProbeConfigMap",
    "DragonflySpecImagePullSecrets",
    "DragonflySpecOwnedObjectsMetadata",
    "DragonflySpecPdb",
    "DragonflySpecPodMetadata",
    "DragonflySpecServiceSpec",
    "DragonflySpecSnapshot",
    "DragonflySpecTiering",
    "DragonflySpecTlsSecretRef",
]

publication.publish()

def _typecheckingstub__2c80e64a43b779e5193b620a16fe857fcb00abffefe2a7d325d28fd9553ea1b7(
    scope: _constructs_77d1e7e8.Construct,
    id: builtins.str,
    *,
    spec: typing.Union[DragonflySpec, typing.Dict[builtins.str, typing.Any]],
    metadata: typing.Optional[typing.Union[_cdk8s_d3d9af27.ApiObjectMetadata, typing.Dict[builtins.str, typing.Any]]] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__a6e2a4a085870e46e9b8722cbbfc9b9b6c9b0159c09b15bc8f5f599cccda7f55(
    *,
    spec: typing.Union[DragonflySpec, typing.Dict[builtins.str, typing.Any]],
    metadata: typing.Optional[typing.Union[_cdk8s_d3d9af27.ApiObjectMetadata, typing.Dict[builtins.str, typing.Any]]] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__6a399064303b6da622b6d0c48d79984538425892d1cb288c9f1f2ce14fabdd99(
    *,
    acl_from_secret: typing.Optional[typing.Union[DragonflySpecAclFromSecret, typing.Dict[builtins.str, typing.Any]]] = None,
    additional_containers: typing.Optional[typing.Sequence[typing.Any]] = None,
    additional_volumes: typing.Optional[typing.Sequence[typing.Any]] = None,
    affinity: typing.Any = None,
    annotations: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
    args: typing.Optional[typing.Sequence[builtins.str]] = None,
    authentication: typing.Optional[typing.Union[DragonflySpecAuthentication, typing.Dict[builtins.str, typing.Any]]] = None,
    container_security_context: typing.Any = None,
    custom_liveness_probe_config_map: typing.Optional[typing.Union[DragonflySpecCustomLivenessProbeConfigMap, typing.Dict[builtins.str, typing.Any]]] = None,
    custom_readiness_probe_config_map: typing.Optional[typing.Union[DragonflySpecCustomReadinessProbeConfigMap, typing.Dict[builtins.str, typing.Any]]] = None,
    custom_startup_probe_config_map: typing.Optional[typing.Union[DragonflySpecCustomStartupProbeConfigMap, typing.Dict[builtins.str, typing.Any]]] = None,
    enable_replication_readiness_gate: typing.Optional[builtins.bool] = None,
    env: typing.Optional[typing.Sequence[typing.Any]] = None,
    image: typing.Optional[builtins.str] = None,
    image_pull_policy: typing.Optional[builtins.str] = None,
    image_pull_secrets: typing.Optional[typing.Sequence[typing.Union[DragonflySpecImagePullSecrets, typing.Dict[builtins.str, typing.Any]]]] = None,
    init_containers: typing.Optional[typing.Sequence[typing.Any]] = None,
    labels: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
    memcached_port: typing.Optional[jsii.Number] = None,
    network_policy_enabled: typing.Optional[builtins.bool] = None,
    node_selector: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
    owned_objects_metadata: typing.Optional[typing.Union[DragonflySpecOwnedObjectsMetadata, typing.Dict[builtins.str, typing.Any]]] = None,
    pdb: typing.Optional[typing.Union[DragonflySpecPdb, typing.Dict[builtins.str, typing.Any]]] = None,
    pod_metadata: typing.Optional[typing.Union[DragonflySpecPodMetadata, typing.Dict[builtins.str, typing.Any]]] = None,
    pod_security_context: typing.Any = None,
    priority_class_name: typing.Optional[builtins.str] = None,
    replicas: typing.Optional[jsii.Number] = None,
    resources: typing.Any = None,
    service_account_name: typing.Optional[builtins.str] = None,
    service_spec: typing.Optional[typing.Union[DragonflySpecServiceSpec, typing.Dict[builtins.str, typing.Any]]] = None,
    skip_fs_group: typing.Optional[builtins.bool] = None,
    snapshot: typing.Optional[typing.Union[DragonflySpecSnapshot, typing.Dict[builtins.str, typing.Any]]] = None,
    tiering: typing.Optional[typing.Union[DragonflySpecTiering, typing.Dict[builtins.str, typing.Any]]] = None,
    tls_secret_ref: typing.Optional[typing.Union[DragonflySpecTlsSecretRef, typing.Dict[builtins.str, typing.Any]]] = None,
    tolerations: typing.Optional[typing.Sequence[typing.Any]] = None,
    topology_spread_constraints: typing.Optional[typing.Sequence[typing.Any]] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__8890a7c45585c7910f69df0e8472b312703ab638f00e5b4a13da80e2a69aafb5(
    *,
    key: builtins.str,
    name: typing.Optional[builtins.str] = None,
    optional: typing.Optional[builtins.bool] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__dee2bbfb1fd792cc645a3ddf1b6dbb8e32c75d0042e447c066156452ee462c04(
    *,
    client_ca_cert_secret: typing.Optional[typing.Union[DragonflySpecAuthenticationClientCaCertSecret, typing.Dict[builtins.str, typing.Any]]] = None,
    password_from_secret: typing.Optional[typing.Union[DragonflySpecAuthenticationPasswordFromSecret, typing.Dict[builtins.str, typing.Any]]] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__7b5109adfcb6922f2ff458fbe73c3626cf5e00325606d711e5194673c3d651c9(
    *,
    key: builtins.str,
    name: typing.Optional[builtins.str] = None,
    optional: typing.Optional[builtins.bool] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__e795585b6c9f2068d124d3323b0a648913ca9737a32d03db02bf698d23d9921c(
    *,
    key: builtins.str,
    name: typing.Optional[builtins.str] = None,
    optional: typing.Optional[builtins.bool] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__d9c13fbcb8ba60974ddac4f07286d5f765f830c406fcadd47673eda5c87eccec(
    *,
    name: typing.Optional[builtins.str] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__648af0c80e6b96b5e93c7883947e21c9bad29f75c4b361a3799d2dd4474bd15d(
    *,
    name: typing.Optional[builtins.str] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__73b86efbc8bcf827e7572f83ab08072e1c7e149fd35f27e3b4f14aa1b1b103ac(
    *,
    name: typing.Optional[builtins.str] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__ed9b7605213e25636d3c3461e531fedae058b33ab7ee8abc3383bb334493a97e(
    *,
    name: typing.Optional[builtins.str] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__1906539ece555440a08d3a383e90db1e747cb9a393db32f0fbee727fdb3037ec(
    *,
    annotations: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
    labels: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__0c2416d4f0b6fd28a996230d84191328f7400ad96b5b69422c20f2190457a018(
    *,
    max_unavailable: typing.Any = None,
    min_available: typing.Any = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__6f550ba779787451bdf908d4025625b208a47edfb1b8f14b2ad2ef9ac9ff4e54(
    *,
    annotations: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
    labels: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__8acfebb7eae454ebc05e4a437dcab51761a794e4c31dcda4650f4e910586ee27(
    *,
    annotations: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
    labels: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
    name: typing.Optional[builtins.str] = None,
    node_port: typing.Optional[jsii.Number] = None,
    type: typing.Optional[builtins.str] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__70de65e566752e5b2fe61d7690f66086ca8e5d5a6148325b0b3fd1509a658a80(
    *,
    cron: typing.Optional[builtins.str] = None,
    dir: typing.Optional[builtins.str] = None,
    enable_on_master_only: typing.Optional[builtins.bool] = None,
    existing_persistent_volume_claim_name: typing.Optional[builtins.str] = None,
    persistent_volume_claim_spec: typing.Any = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__58b8b99462e138bcc7d96fcfa0dda393f1aa5f93e1031b654efef54fb0239905(
    *,
    persistent_volume_claim_spec: typing.Any = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__297506099a8870026d2cf4adc4791beb4b2173de851be6dc88161b5322e82203(
    *,
    name: typing.Optional[builtins.str] = None,
    namespace: typing.Optional[builtins.str] = None,
) -> None:
    """Type checking stubs"""
    pass
