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


class CiliumNetworkPolicy(
    _cdk8s_d3d9af27.ApiObject,
    metaclass=jsii.JSIIMeta,
    jsii_type="dragonfly_iocilium.CiliumNetworkPolicy",
):
    '''
    :schema: CiliumNetworkPolicy
    '''

    def __init__(
        self,
        scope: "_constructs_77d1e7e8.Construct",
        id: builtins.str,
        *,
        spec: typing.Union["CiliumNetworkPolicySpec", typing.Dict[builtins.str, typing.Any]],
        metadata: typing.Optional[typing.Union["_cdk8s_d3d9af27.ApiObjectMetadata", typing.Dict[builtins.str, typing.Any]]] = None,
    ) -> None:
        '''Defines a "CiliumNetworkPolicy" API object.

        :param scope: the scope in which to define this object.
        :param id: a scope-local name for the object.
        :param spec: 
        :param metadata: 
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__c87abe546673f1e35ef655cd8e2776698dd9b91adc9612e0e2710f0818150c1d)
            check_type(argname="argument scope", value=scope, expected_type=type_hints["scope"])
            check_type(argname="argument id", value=id, expected_type=type_hints["id"])
        props = CiliumNetworkPolicyProps(spec=spec, metadata=metadata)

        jsii.create(self.__class__, self, [scope, id, props])

    @jsii.member(jsii_name="manifest")
    @builtins.classmethod
    def manifest(
        cls,
        *,
        spec: typing.Union["CiliumNetworkPolicySpec", typing.Dict[builtins.str, typing.Any]],
        metadata: typing.Optional[typing.Union["_cdk8s_d3d9af27.ApiObjectMetadata", typing.Dict[builtins.str, typing.Any]]] = None,
    ) -> typing.Any:
        '''Renders a Kubernetes manifest for "CiliumNetworkPolicy".

        This can be used to inline resource manifests inside other objects (e.g. as templates).

        :param spec: 
        :param metadata: 
        '''
        props = CiliumNetworkPolicyProps(spec=spec, metadata=metadata)

        return typing.cast(typing.Any, jsii.sinvoke(cls, "manifest", [props]))

    @jsii.member(jsii_name="toJson")
    def to_json(self) -> typing.Any:
        '''Renders the object to Kubernetes JSON.'''
        return typing.cast(typing.Any, jsii.invoke(self, "toJson", []))

    @jsii.python.classproperty
    @jsii.member(jsii_name="GVK")
    def GVK(cls) -> "_cdk8s_d3d9af27.GroupVersionKind":
        '''Returns the apiVersion and kind for "CiliumNetworkPolicy".'''
        return typing.cast("_cdk8s_d3d9af27.GroupVersionKind", jsii.sget(cls, "GVK"))


@jsii.data_type(
    jsii_type="dragonfly_iocilium.CiliumNetworkPolicyProps",
    jsii_struct_bases=[],
    name_mapping={"spec": "spec", "metadata": "metadata"},
)
class CiliumNetworkPolicyProps:
    def __init__(
        self,
        *,
        spec: typing.Union["CiliumNetworkPolicySpec", typing.Dict[builtins.str, typing.Any]],
        metadata: typing.Optional[typing.Union["_cdk8s_d3d9af27.ApiObjectMetadata", typing.Dict[builtins.str, typing.Any]]] = None,
    ) -> None:
        '''
        :param spec: 
        :param metadata: 

        :schema: CiliumNetworkPolicy
        '''
        if isinstance(spec, dict):
            spec = CiliumNetworkPolicySpec(**spec)
        if isinstance(metadata, dict):
            metadata = _cdk8s_d3d9af27.ApiObjectMetadata(**metadata)
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__02f3b1300bd883229a0db4f736d39e7d150fabd7f819930f249967eddd1002f5)
            check_type(argname="argument spec", value=spec, expected_type=type_hints["spec"])
            check_type(argname="argument metadata", value=metadata, expected_type=type_hints["metadata"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "spec": spec,
        }
        if metadata is not None:
            self._values["metadata"] = metadata

    @builtins.property
    def spec(self) -> "CiliumNetworkPolicySpec":
        '''
        :schema: CiliumNetworkPolicy#spec
        '''
        result = self._values.get("spec")
        assert result is not None, "Required property 'spec' is missing"
        return typing.cast("CiliumNetworkPolicySpec", result)

    @builtins.property
    def metadata(self) -> typing.Optional["_cdk8s_d3d9af27.ApiObjectMetadata"]:
        '''
        :schema: CiliumNetworkPolicy#metadata
        '''
        result = self._values.get("metadata")
        return typing.cast(typing.Optional["_cdk8s_d3d9af27.ApiObjectMetadata"], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "CiliumNetworkPolicyProps(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="dragonfly_iocilium.CiliumNetworkPolicySpec",
    jsii_struct_bases=[],
    name_mapping={
        "description": "description",
        "egress": "egress",
        "egress_deny": "egressDeny",
        "enable_default_deny": "enableDefaultDeny",
        "endpoint_selector": "endpointSelector",
        "ingress": "ingress",
        "ingress_deny": "ingressDeny",
        "labels": "labels",
        "log": "log",
        "node_selector": "nodeSelector",
    },
)
class CiliumNetworkPolicySpec:
    def __init__(
        self,
        *,
        description: typing.Optional[builtins.str] = None,
        egress: typing.Optional[typing.Sequence[typing.Union["CiliumNetworkPolicySpecEgress", typing.Dict[builtins.str, typing.Any]]]] = None,
        egress_deny: typing.Optional[typing.Sequence[typing.Any]] = None,
        enable_default_deny: typing.Optional[typing.Union["CiliumNetworkPolicySpecEnableDefaultDeny", typing.Dict[builtins.str, typing.Any]]] = None,
        endpoint_selector: typing.Any = None,
        ingress: typing.Optional[typing.Sequence[typing.Union["CiliumNetworkPolicySpecIngress", typing.Dict[builtins.str, typing.Any]]]] = None,
        ingress_deny: typing.Optional[typing.Sequence[typing.Any]] = None,
        labels: typing.Optional[typing.Sequence[typing.Union["CiliumNetworkPolicySpecLabels", typing.Dict[builtins.str, typing.Any]]]] = None,
        log: typing.Any = None,
        node_selector: typing.Any = None,
    ) -> None:
        '''
        :param description: 
        :param egress: 
        :param egress_deny: 
        :param enable_default_deny: 
        :param endpoint_selector: 
        :param ingress: 
        :param ingress_deny: 
        :param labels: 
        :param log: 
        :param node_selector: 

        :schema: CiliumNetworkPolicySpec
        '''
        if isinstance(enable_default_deny, dict):
            enable_default_deny = CiliumNetworkPolicySpecEnableDefaultDeny(**enable_default_deny)
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__1fad38474cf49133d5d793d741a4a653f76f5d4df71b4fd57a3ec7554169febc)
            check_type(argname="argument description", value=description, expected_type=type_hints["description"])
            check_type(argname="argument egress", value=egress, expected_type=type_hints["egress"])
            check_type(argname="argument egress_deny", value=egress_deny, expected_type=type_hints["egress_deny"])
            check_type(argname="argument enable_default_deny", value=enable_default_deny, expected_type=type_hints["enable_default_deny"])
            check_type(argname="argument endpoint_selector", value=endpoint_selector, expected_type=type_hints["endpoint_selector"])
            check_type(argname="argument ingress", value=ingress, expected_type=type_hints["ingress"])
            check_type(argname="argument ingress_deny", value=ingress_deny, expected_type=type_hints["ingress_deny"])
            check_type(argname="argument labels", value=labels, expected_type=type_hints["labels"])
            check_type(argname="argument log", value=log, expected_type=type_hints["log"])
            check_type(argname="argument node_selector", value=node_selector, expected_type=type_hints["node_selector"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if description is not None:
            self._values["description"] = description
        if egress is not None:
            self._values["egress"] = egress
        if egress_deny is not None:
            self._values["egress_deny"] = egress_deny
        if enable_default_deny is not None:
            self._values["enable_default_deny"] = enable_default_deny
        if endpoint_selector is not None:
            self._values["endpoint_selector"] = endpoint_selector
        if ingress is not None:
            self._values["ingress"] = ingress
        if ingress_deny is not None:
            self._values["ingress_deny"] = ingress_deny
        if labels is not None:
            self._values["labels"] = labels
        if log is not None:
            self._values["log"] = log
        if node_selector is not None:
            self._values["node_selector"] = node_selector

    @builtins.property
    def description(self) -> typing.Optional[builtins.str]:
        '''
        :schema: CiliumNetworkPolicySpec#description
        '''
        result = self._values.get("description")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def egress(self) -> typing.Optional[typing.List["CiliumNetworkPolicySpecEgress"]]:
        '''
        :schema: CiliumNetworkPolicySpec#egress
        '''
        result = self._values.get("egress")
        return typing.cast(typing.Optional[typing.List["CiliumNetworkPolicySpecEgress"]], result)

    @builtins.property
    def egress_deny(self) -> typing.Optional[typing.List[typing.Any]]:
        '''
        :schema: CiliumNetworkPolicySpec#egressDeny
        '''
        result = self._values.get("egress_deny")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def enable_default_deny(
        self,
    ) -> typing.Optional["CiliumNetworkPolicySpecEnableDefaultDeny"]:
        '''
        :schema: CiliumNetworkPolicySpec#enableDefaultDeny
        '''
        result = self._values.get("enable_default_deny")
        return typing.cast(typing.Optional["CiliumNetworkPolicySpecEnableDefaultDeny"], result)

    @builtins.property
    def endpoint_selector(self) -> typing.Any:
        '''
        :schema: CiliumNetworkPolicySpec#endpointSelector
        '''
        result = self._values.get("endpoint_selector")
        return typing.cast(typing.Any, result)

    @builtins.property
    def ingress(self) -> typing.Optional[typing.List["CiliumNetworkPolicySpecIngress"]]:
        '''
        :schema: CiliumNetworkPolicySpec#ingress
        '''
        result = self._values.get("ingress")
        return typing.cast(typing.Optional[typing.List["CiliumNetworkPolicySpecIngress"]], result)

    @builtins.property
    def ingress_deny(self) -> typing.Optional[typing.List[typing.Any]]:
        '''
        :schema: CiliumNetworkPolicySpec#ingressDeny
        '''
        result = self._values.get("ingress_deny")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def labels(self) -> typing.Optional[typing.List["CiliumNetworkPolicySpecLabels"]]:
        '''
        :schema: CiliumNetworkPolicySpec#labels
        '''
        result = self._values.get("labels")
        return typing.cast(typing.Optional[typing.List["CiliumNetworkPolicySpecLabels"]], result)

    @builtins.property
    def log(self) -> typing.Any:
        '''
        :schema: CiliumNetworkPolicySpec#log
        '''
        result = self._values.get("log")
        return typing.cast(typing.Any, result)

    @builtins.property
    def node_selector(self) -> typing.Any:
        '''
        :schema: CiliumNetworkPolicySpec#nodeSelector
        '''
        result = self._values.get("node_selector")
        return typing.cast(typing.Any, result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "CiliumNetworkPolicySpec(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="dragonfly_iocilium.CiliumNetworkPolicySpecEgress",
    jsii_struct_bases=[],
    name_mapping={
        "authentication": "authentication",
        "icmps": "icmps",
        "to_cidr": "toCidr",
        "to_cidr_set": "toCidrSet",
        "to_endpoints": "toEndpoints",
        "to_entities": "toEntities",
        "to_fqd_ns": "toFqdNs",
        "to_groups": "toGroups",
        "to_nodes": "toNodes",
        "to_ports": "toPorts",
        "to_requires": "toRequires",
        "to_services": "toServices",
    },
)
class CiliumNetworkPolicySpecEgress:
    def __init__(
        self,
        *,
        authentication: typing.Any = None,
        icmps: typing.Optional[typing.Sequence[typing.Any]] = None,
        to_cidr: typing.Optional[typing.Sequence[builtins.str]] = None,
        to_cidr_set: typing.Optional[typing.Sequence[typing.Union["CiliumNetworkPolicySpecEgressToCidrSet", typing.Dict[builtins.str, typing.Any]]]] = None,
        to_endpoints: typing.Optional[typing.Sequence[typing.Any]] = None,
        to_entities: typing.Optional[typing.Sequence["CiliumNetworkPolicySpecEgressToEntities"]] = None,
        to_fqd_ns: typing.Optional[typing.Sequence[typing.Union["CiliumNetworkPolicySpecEgressToFqdNs", typing.Dict[builtins.str, typing.Any]]]] = None,
        to_groups: typing.Optional[typing.Sequence[typing.Any]] = None,
        to_nodes: typing.Optional[typing.Sequence[typing.Any]] = None,
        to_ports: typing.Optional[typing.Sequence[typing.Union["CiliumNetworkPolicySpecEgressToPorts", typing.Dict[builtins.str, typing.Any]]]] = None,
        to_requires: typing.Optional[typing.Sequence[typing.Any]] = None,
        to_services: typing.Optional[typing.Sequence[typing.Any]] = None,
    ) -> None:
        '''
        :param authentication: 
        :param icmps: 
        :param to_cidr: 
        :param to_cidr_set: 
        :param to_endpoints: 
        :param to_entities: 
        :param to_fqd_ns: 
        :param to_groups: 
        :param to_nodes: 
        :param to_ports: 
        :param to_requires: 
        :param to_services: 

        :schema: CiliumNetworkPolicySpecEgress
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__58a7fd2248608f2396aae5d1c0bd52a2b297b3a0cacecf94066d07cb1190d164)
            check_type(argname="argument authentication", value=authentication, expected_type=type_hints["authentication"])
            check_type(argname="argument icmps", value=icmps, expected_type=type_hints["icmps"])
            check_type(argname="argument to_cidr", value=to_cidr, expected_type=type_hints["to_cidr"])
            check_type(argname="argument to_cidr_set", value=to_cidr_set, expected_type=type_hints["to_cidr_set"])
            check_type(argname="argument to_endpoints", value=to_endpoints, expected_type=type_hints["to_endpoints"])
            check_type(argname="argument to_entities", value=to_entities, expected_type=type_hints["to_entities"])
            check_type(argname="argument to_fqd_ns", value=to_fqd_ns, expected_type=type_hints["to_fqd_ns"])
            check_type(argname="argument to_groups", value=to_groups, expected_type=type_hints["to_groups"])
            check_type(argname="argument to_nodes", value=to_nodes, expected_type=type_hints["to_nodes"])
            check_type(argname="argument to_ports", value=to_ports, expected_type=type_hints["to_ports"])
            check_type(argname="argument to_requires", value=to_requires, expected_type=type_hints["to_requires"])
            check_type(argname="argument to_services", value=to_services, expected_type=type_hints["to_services"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if authentication is not None:
            self._values["authentication"] = authentication
        if icmps is not None:
            self._values["icmps"] = icmps
        if to_cidr is not None:
            self._values["to_cidr"] = to_cidr
        if to_cidr_set is not None:
            self._values["to_cidr_set"] = to_cidr_set
        if to_endpoints is not None:
            self._values["to_endpoints"] = to_endpoints
        if to_entities is not None:
            self._values["to_entities"] = to_entities
        if to_fqd_ns is not None:
            self._values["to_fqd_ns"] = to_fqd_ns
        if to_groups is not None:
            self._values["to_groups"] = to_groups
        if to_nodes is not None:
            self._values["to_nodes"] = to_nodes
        if to_ports is not None:
            self._values["to_ports"] = to_ports
        if to_requires is not None:
            self._values["to_requires"] = to_requires
        if to_services is not None:
            self._values["to_services"] = to_services

    @builtins.property
    def authentication(self) -> typing.Any:
        '''
        :schema: CiliumNetworkPolicySpecEgress#authentication
        '''
        result = self._values.get("authentication")
        return typing.cast(typing.Any, result)

    @builtins.property
    def icmps(self) -> typing.Optional[typing.List[typing.Any]]:
        '''
        :schema: CiliumNetworkPolicySpecEgress#icmps
        '''
        result = self._values.get("icmps")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def to_cidr(self) -> typing.Optional[typing.List[builtins.str]]:
        '''
        :schema: CiliumNetworkPolicySpecEgress#toCIDR
        '''
        result = self._values.get("to_cidr")
        return typing.cast(typing.Optional[typing.List[builtins.str]], result)

    @builtins.property
    def to_cidr_set(
        self,
    ) -> typing.Optional[typing.List["CiliumNetworkPolicySpecEgressToCidrSet"]]:
        '''
        :schema: CiliumNetworkPolicySpecEgress#toCIDRSet
        '''
        result = self._values.get("to_cidr_set")
        return typing.cast(typing.Optional[typing.List["CiliumNetworkPolicySpecEgressToCidrSet"]], result)

    @builtins.property
    def to_endpoints(self) -> typing.Optional[typing.List[typing.Any]]:
        '''
        :schema: CiliumNetworkPolicySpecEgress#toEndpoints
        '''
        result = self._values.get("to_endpoints")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def to_entities(
        self,
    ) -> typing.Optional[typing.List["CiliumNetworkPolicySpecEgressToEntities"]]:
        '''
        :schema: CiliumNetworkPolicySpecEgress#toEntities
        '''
        result = self._values.get("to_entities")
        return typing.cast(typing.Optional[typing.List["CiliumNetworkPolicySpecEgressToEntities"]], result)

    @builtins.property
    def to_fqd_ns(
        self,
    ) -> typing.Optional[typing.List["CiliumNetworkPolicySpecEgressToFqdNs"]]:
        '''
        :schema: CiliumNetworkPolicySpecEgress#toFQDNs
        '''
        result = self._values.get("to_fqd_ns")
        return typing.cast(typing.Optional[typing.List["CiliumNetworkPolicySpecEgressToFqdNs"]], result)

    @builtins.property
    def to_groups(self) -> typing.Optional[typing.List[typing.Any]]:
        '''
        :schema: CiliumNetworkPolicySpecEgress#toGroups
        '''
        result = self._values.get("to_groups")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def to_nodes(self) -> typing.Optional[typing.List[typing.Any]]:
        '''
        :schema: CiliumNetworkPolicySpecEgress#toNodes
        '''
        result = self._values.get("to_nodes")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def to_ports(
        self,
    ) -> typing.Optional[typing.List["CiliumNetworkPolicySpecEgressToPorts"]]:
        '''
        :schema: CiliumNetworkPolicySpecEgress#toPorts
        '''
        result = self._values.get("to_ports")
        return typing.cast(typing.Optional[typing.List["CiliumNetworkPolicySpecEgressToPorts"]], result)

    @builtins.property
    def to_requires(self) -> typing.Optional[typing.List[typing.Any]]:
        '''
        :schema: CiliumNetworkPolicySpecEgress#toRequires
        '''
        result = self._values.get("to_requires")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def to_services(self) -> typing.Optional[typing.List[typing.Any]]:
        '''
        :schema: CiliumNetworkPolicySpecEgress#toServices
        '''
        result = self._values.get("to_services")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "CiliumNetworkPolicySpecEgress(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="dragonfly_iocilium.CiliumNetworkPolicySpecEgressToCidrSet",
    jsii_struct_bases=[],
    name_mapping={
        "cidr": "cidr",
        "cidr_group_ref": "cidrGroupRef",
        "cidr_group_selector": "cidrGroupSelector",
        "except_": "except",
    },
)
class CiliumNetworkPolicySpecEgressToCidrSet:
    def __init__(
        self,
        *,
        cidr: typing.Optional[builtins.str] = None,
        cidr_group_ref: typing.Optional[builtins.str] = None,
        cidr_group_selector: typing.Any = None,
        except_: typing.Optional[typing.Sequence[builtins.str]] = None,
    ) -> None:
        '''
        :param cidr: 
        :param cidr_group_ref: 
        :param cidr_group_selector: 
        :param except_: 

        :schema: CiliumNetworkPolicySpecEgressToCidrSet
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__d7efe7c1542b86af099371a5ad7c39f3796bebcea387f921f4cc9eecaee19d2a)
            check_type(argname="argument cidr", value=cidr, expected_type=type_hints["cidr"])
            check_type(argname="argument cidr_group_ref", value=cidr_group_ref, expected_type=type_hints["cidr_group_ref"])
            check_type(argname="argument cidr_group_selector", value=cidr_group_selector, expected_type=type_hints["cidr_group_selector"])
            check_type(argname="argument except_", value=except_, expected_type=type_hints["except_"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if cidr is not None:
            self._values["cidr"] = cidr
        if cidr_group_ref is not None:
            self._values["cidr_group_ref"] = cidr_group_ref
        if cidr_group_selector is not None:
            self._values["cidr_group_selector"] = cidr_group_selector
        if except_ is not None:
            self._values["except_"] = except_

    @builtins.property
    def cidr(self) -> typing.Optional[builtins.str]:
        '''
        :schema: CiliumNetworkPolicySpecEgressToCidrSet#cidr
        '''
        result = self._values.get("cidr")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def cidr_group_ref(self) -> typing.Optional[builtins.str]:
        '''
        :schema: CiliumNetworkPolicySpecEgressToCidrSet#cidrGroupRef
        '''
        result = self._values.get("cidr_group_ref")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def cidr_group_selector(self) -> typing.Any:
        '''
        :schema: CiliumNetworkPolicySpecEgressToCidrSet#cidrGroupSelector
        '''
        result = self._values.get("cidr_group_selector")
        return typing.cast(typing.Any, result)

    @builtins.property
    def except_(self) -> typing.Optional[typing.List[builtins.str]]:
        '''
        :schema: CiliumNetworkPolicySpecEgressToCidrSet#except
        '''
        result = self._values.get("except_")
        return typing.cast(typing.Optional[typing.List[builtins.str]], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "CiliumNetworkPolicySpecEgressToCidrSet(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.enum(jsii_type="dragonfly_iocilium.CiliumNetworkPolicySpecEgressToEntities")
class CiliumNetworkPolicySpecEgressToEntities(enum.Enum):
    '''
    :schema: CiliumNetworkPolicySpecEgressToEntities
    '''

    ALL = "ALL"
    '''all.'''
    WORLD = "WORLD"
    '''world.'''
    CLUSTER = "CLUSTER"
    '''cluster.'''
    HOST = "HOST"
    '''host.'''
    INIT = "INIT"
    '''init.'''
    INGRESS = "INGRESS"
    '''ingress.'''
    UNMANAGED = "UNMANAGED"
    '''unmanaged.'''
    REMOTE_HYPHEN_NODE = "REMOTE_HYPHEN_NODE"
    '''remote-node.'''
    HEALTH = "HEALTH"
    '''health.'''
    NONE = "NONE"
    '''none.'''
    KUBE_HYPHEN_APISERVER = "KUBE_HYPHEN_APISERVER"
    '''kube-apiserver.'''


@jsii.data_type(
    jsii_type="dragonfly_iocilium.CiliumNetworkPolicySpecEgressToFqdNs",
    jsii_struct_bases=[],
    name_mapping={"match_name": "matchName", "match_pattern": "matchPattern"},
)
class CiliumNetworkPolicySpecEgressToFqdNs:
    def __init__(
        self,
        *,
        match_name: typing.Optional[builtins.str] = None,
        match_pattern: typing.Optional[builtins.str] = None,
    ) -> None:
        '''
        :param match_name: 
        :param match_pattern: 

        :schema: CiliumNetworkPolicySpecEgressToFqdNs
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__59b0277105add48888a8a801bba99dfe06786a19b0bd9988196860b7290c65e4)
            check_type(argname="argument match_name", value=match_name, expected_type=type_hints["match_name"])
            check_type(argname="argument match_pattern", value=match_pattern, expected_type=type_hints["match_pattern"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if match_name is not None:
            self._values["match_name"] = match_name
        if match_pattern is not None:
            self._values["match_pattern"] = match_pattern

    @builtins.property
    def match_name(self) -> typing.Optional[builtins.str]:
        '''
        :schema: CiliumNetworkPolicySpecEgressToFqdNs#matchName
        '''
        result = self._values.get("match_name")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def match_pattern(self) -> typing.Optional[builtins.str]:
        '''
        :schema: CiliumNetworkPolicySpecEgressToFqdNs#matchPattern
        '''
        result = self._values.get("match_pattern")
        return typing.cast(typing.Optional[builtins.str], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "CiliumNetworkPolicySpecEgressToFqdNs(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="dragonfly_iocilium.CiliumNetworkPolicySpecEgressToPorts",
    jsii_struct_bases=[],
    name_mapping={
        "listener": "listener",
        "originating_tls": "originatingTls",
        "ports": "ports",
        "rules": "rules",
        "server_names": "serverNames",
        "terminating_tls": "terminatingTls",
    },
)
class CiliumNetworkPolicySpecEgressToPorts:
    def __init__(
        self,
        *,
        listener: typing.Any = None,
        originating_tls: typing.Any = None,
        ports: typing.Optional[typing.Sequence[typing.Union["CiliumNetworkPolicySpecEgressToPortsPorts", typing.Dict[builtins.str, typing.Any]]]] = None,
        rules: typing.Optional[typing.Union["CiliumNetworkPolicySpecEgressToPortsRules", typing.Dict[builtins.str, typing.Any]]] = None,
        server_names: typing.Optional[typing.Sequence[typing.Any]] = None,
        terminating_tls: typing.Any = None,
    ) -> None:
        '''
        :param listener: 
        :param originating_tls: 
        :param ports: 
        :param rules: 
        :param server_names: 
        :param terminating_tls: 

        :schema: CiliumNetworkPolicySpecEgressToPorts
        '''
        if isinstance(rules, dict):
            rules = CiliumNetworkPolicySpecEgressToPortsRules(**rules)
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__595ac16e42da57b120cdf3db133fa924e7f19e3ee6987e5fad218ae98c5dc325)
            check_type(argname="argument listener", value=listener, expected_type=type_hints["listener"])
            check_type(argname="argument originating_tls", value=originating_tls, expected_type=type_hints["originating_tls"])
            check_type(argname="argument ports", value=ports, expected_type=type_hints["ports"])
            check_type(argname="argument rules", value=rules, expected_type=type_hints["rules"])
            check_type(argname="argument server_names", value=server_names, expected_type=type_hints["server_names"])
            check_type(argname="argument terminating_tls", value=terminating_tls, expected_type=type_hints["terminating_tls"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if listener is not None:
            self._values["listener"] = listener
        if originating_tls is not None:
            self._values["originating_tls"] = originating_tls
        if ports is not None:
            self._values["ports"] = ports
        if rules is not None:
            self._values["rules"] = rules
        if server_names is not None:
            self._values["server_names"] = server_names
        if terminating_tls is not None:
            self._values["terminating_tls"] = terminating_tls

    @builtins.property
    def listener(self) -> typing.Any:
        '''
        :schema: CiliumNetworkPolicySpecEgressToPorts#listener
        '''
        result = self._values.get("listener")
        return typing.cast(typing.Any, result)

    @builtins.property
    def originating_tls(self) -> typing.Any:
        '''
        :schema: CiliumNetworkPolicySpecEgressToPorts#originatingTLS
        '''
        result = self._values.get("originating_tls")
        return typing.cast(typing.Any, result)

    @builtins.property
    def ports(
        self,
    ) -> typing.Optional[typing.List["CiliumNetworkPolicySpecEgressToPortsPorts"]]:
        '''
        :schema: CiliumNetworkPolicySpecEgressToPorts#ports
        '''
        result = self._values.get("ports")
        return typing.cast(typing.Optional[typing.List["CiliumNetworkPolicySpecEgressToPortsPorts"]], result)

    @builtins.property
    def rules(self) -> typing.Optional["CiliumNetworkPolicySpecEgressToPortsRules"]:
        '''
        :schema: CiliumNetworkPolicySpecEgressToPorts#rules
        '''
        result = self._values.get("rules")
        return typing.cast(typing.Optional["CiliumNetworkPolicySpecEgressToPortsRules"], result)

    @builtins.property
    def server_names(self) -> typing.Optional[typing.List[typing.Any]]:
        '''
        :schema: CiliumNetworkPolicySpecEgressToPorts#serverNames
        '''
        result = self._values.get("server_names")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def terminating_tls(self) -> typing.Any:
        '''
        :schema: CiliumNetworkPolicySpecEgressToPorts#terminatingTLS
        '''
        result = self._values.get("terminating_tls")
        return typing.cast(typing.Any, result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "CiliumNetworkPolicySpecEgressToPorts(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="dragonfly_iocilium.CiliumNetworkPolicySpecEgressToPortsPorts",
    jsii_struct_bases=[],
    name_mapping={"port": "port", "end_port": "endPort", "protocol": "protocol"},
)
class CiliumNetworkPolicySpecEgressToPortsPorts:
    def __init__(
        self,
        *,
        port: builtins.str,
        end_port: typing.Optional[jsii.Number] = None,
        protocol: typing.Optional["CiliumNetworkPolicySpecEgressToPortsPortsProtocol"] = None,
    ) -> None:
        '''
        :param port: 
        :param end_port: 
        :param protocol: 

        :schema: CiliumNetworkPolicySpecEgressToPortsPorts
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__b74849b8c679e83b1f92e296177ae84ff30e79382009a7e62f57b65a37a81cc0)
            check_type(argname="argument port", value=port, expected_type=type_hints["port"])
            check_type(argname="argument end_port", value=end_port, expected_type=type_hints["end_port"])
            check_type(argname="argument protocol", value=protocol, expected_type=type_hints["protocol"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "port": port,
        }
        if end_port is not None:
            self._values["end_port"] = end_port
        if protocol is not None:
            self._values["protocol"] = protocol

    @builtins.property
    def port(self) -> builtins.str:
        '''
        :schema: CiliumNetworkPolicySpecEgressToPortsPorts#port
        '''
        result = self._values.get("port")
        assert result is not None, "Required property 'port' is missing"
        return typing.cast(builtins.str, result)

    @builtins.property
    def end_port(self) -> typing.Optional[jsii.Number]:
        '''
        :schema: CiliumNetworkPolicySpecEgressToPortsPorts#endPort
        '''
        result = self._values.get("end_port")
        return typing.cast(typing.Optional[jsii.Number], result)

    @builtins.property
    def protocol(
        self,
    ) -> typing.Optional["CiliumNetworkPolicySpecEgressToPortsPortsProtocol"]:
        '''
        :schema: CiliumNetworkPolicySpecEgressToPortsPorts#protocol
        '''
        result = self._values.get("protocol")
        return typing.cast(typing.Optional["CiliumNetworkPolicySpecEgressToPortsPortsProtocol"], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "CiliumNetworkPolicySpecEgressToPortsPorts(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.enum(
    jsii_type="dragonfly_iocilium.CiliumNetworkPolicySpecEgressToPortsPortsProtocol"
)
class CiliumNetworkPolicySpecEgressToPortsPortsProtocol(enum.Enum):
    '''
    :schema: CiliumNetworkPolicySpecEgressToPortsPortsProtocol
    '''

    TCP = "TCP"
    '''TCP.'''
    UDP = "UDP"
    '''UDP.'''
    SCTP = "SCTP"
    '''SCTP.'''
    ANY = "ANY"
    '''ANY.'''


@jsii.data_type(
    jsii_type="dragonfly_iocilium.CiliumNetworkPolicySpecEgressToPortsRules",
    jsii_struct_bases=[],
    name_mapping={
        "dns": "dns",
        "http": "http",
        "kafka": "kafka",
        "l7": "l7",
        "l7_proto": "l7Proto",
    },
)
class CiliumNetworkPolicySpecEgressToPortsRules:
    def __init__(
        self,
        *,
        dns: typing.Optional[typing.Sequence[typing.Union["CiliumNetworkPolicySpecEgressToPortsRulesDns", typing.Dict[builtins.str, typing.Any]]]] = None,
        http: typing.Optional[typing.Sequence[typing.Union["CiliumNetworkPolicySpecEgressToPortsRulesHttp", typing.Dict[builtins.str, typing.Any]]]] = None,
        kafka: typing.Optional[typing.Sequence[typing.Any]] = None,
        l7: typing.Optional[typing.Sequence[typing.Any]] = None,
        l7_proto: typing.Optional[builtins.str] = None,
    ) -> None:
        '''
        :param dns: 
        :param http: 
        :param kafka: 
        :param l7: 
        :param l7_proto: 

        :schema: CiliumNetworkPolicySpecEgressToPortsRules
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__6cc4d3d4723a74cb9e1368043977cc7e79c2c6df229531d3a14385e66966ca44)
            check_type(argname="argument dns", value=dns, expected_type=type_hints["dns"])
            check_type(argname="argument http", value=http, expected_type=type_hints["http"])
            check_type(argname="argument kafka", value=kafka, expected_type=type_hints["kafka"])
            check_type(argname="argument l7", value=l7, expected_type=type_hints["l7"])
            check_type(argname="argument l7_proto", value=l7_proto, expected_type=type_hints["l7_proto"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if dns is not None:
            self._values["dns"] = dns
        if http is not None:
            self._values["http"] = http
        if kafka is not None:
            self._values["kafka"] = kafka
        if l7 is not None:
            self._values["l7"] = l7
        if l7_proto is not None:
            self._values["l7_proto"] = l7_proto

    @builtins.property
    def dns(
        self,
    ) -> typing.Optional[typing.List["CiliumNetworkPolicySpecEgressToPortsRulesDns"]]:
        '''
        :schema: CiliumNetworkPolicySpecEgressToPortsRules#dns
        '''
        result = self._values.get("dns")
        return typing.cast(typing.Optional[typing.List["CiliumNetworkPolicySpecEgressToPortsRulesDns"]], result)

    @builtins.property
    def http(
        self,
    ) -> typing.Optional[typing.List["CiliumNetworkPolicySpecEgressToPortsRulesHttp"]]:
        '''
        :schema: CiliumNetworkPolicySpecEgressToPortsRules#http
        '''
        result = self._values.get("http")
        return typing.cast(typing.Optional[typing.List["CiliumNetworkPolicySpecEgressToPortsRulesHttp"]], result)

    @builtins.property
    def kafka(self) -> typing.Optional[typing.List[typing.Any]]:
        '''
        :schema: CiliumNetworkPolicySpecEgressToPortsRules#kafka
        '''
        result = self._values.get("kafka")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def l7(self) -> typing.Optional[typing.List[typing.Any]]:
        '''
        :schema: CiliumNetworkPolicySpecEgressToPortsRules#l7
        '''
        result = self._values.get("l7")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def l7_proto(self) -> typing.Optional[builtins.str]:
        '''
        :schema: CiliumNetworkPolicySpecEgressToPortsRules#l7proto
        '''
        result = self._values.get("l7_proto")
        return typing.cast(typing.Optional[builtins.str], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "CiliumNetworkPolicySpecEgressToPortsRules(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="dragonfly_iocilium.CiliumNetworkPolicySpecEgressToPortsRulesDns",
    jsii_struct_bases=[],
    name_mapping={"match_name": "matchName", "match_pattern": "matchPattern"},
)
class CiliumNetworkPolicySpecEgressToPortsRulesDns:
    def __init__(
        self,
        *,
        match_name: typing.Optional[builtins.str] = None,
        match_pattern: typing.Optional[builtins.str] = None,
    ) -> None:
        '''
        :param match_name: 
        :param match_pattern: 

        :schema: CiliumNetworkPolicySpecEgressToPortsRulesDns
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__bf59e6791b7d7984fc2411da6bbb8119f1b714f4bb48fb0bbbf6a52f352a00da)
            check_type(argname="argument match_name", value=match_name, expected_type=type_hints["match_name"])
            check_type(argname="argument match_pattern", value=match_pattern, expected_type=type_hints["match_pattern"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if match_name is not None:
            self._values["match_name"] = match_name
        if match_pattern is not None:
            self._values["match_pattern"] = match_pattern

    @builtins.property
    def match_name(self) -> typing.Optional[builtins.str]:
        '''
        :schema: CiliumNetworkPolicySpecEgressToPortsRulesDns#matchName
        '''
        result = self._values.get("match_name")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def match_pattern(self) -> typing.Optional[builtins.str]:
        '''
        :schema: CiliumNetworkPolicySpecEgressToPortsRulesDns#matchPattern
        '''
        result = self._values.get("match_pattern")
        return typing.cast(typing.Optional[builtins.str], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "CiliumNetworkPolicySpecEgressToPortsRulesDns(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="dragonfly_iocilium.CiliumNetworkPolicySpecEgressToPortsRulesHttp",
    jsii_struct_bases=[],
    name_mapping={
        "header_matches": "headerMatches",
        "headers": "headers",
        "host": "host",
        "method": "method",
        "path": "path",
    },
)
class CiliumNetworkPolicySpecEgressToPortsRulesHttp:
    def __init__(
        self,
        *,
        header_matches: typing.Optional[typing.Sequence[typing.Any]] = None,
        headers: typing.Optional[typing.Sequence[builtins.str]] = None,
        host: typing.Optional[builtins.str] = None,
        method: typing.Optional[builtins.str] = None,
        path: typing.Optional[builtins.str] = None,
    ) -> None:
        '''
        :param header_matches: 
        :param headers: 
        :param host: 
        :param method: 
        :param path: 

        :schema: CiliumNetworkPolicySpecEgressToPortsRulesHttp
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__344eeafc0be0aeb86dd6c56d6627b130ece884398f2413ab50b81b4cc65f5162)
            check_type(argname="argument header_matches", value=header_matches, expected_type=type_hints["header_matches"])
            check_type(argname="argument headers", value=headers, expected_type=type_hints["headers"])
            check_type(argname="argument host", value=host, expected_type=type_hints["host"])
            check_type(argname="argument method", value=method, expected_type=type_hints["method"])
            check_type(argname="argument path", value=path, expected_type=type_hints["path"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if header_matches is not None:
            self._values["header_matches"] = header_matches
        if headers is not None:
            self._values["headers"] = headers
        if host is not None:
            self._values["host"] = host
        if method is not None:
            self._values["method"] = method
        if path is not None:
            self._values["path"] = path

    @builtins.property
    def header_matches(self) -> typing.Optional[typing.List[typing.Any]]:
        '''
        :schema: CiliumNetworkPolicySpecEgressToPortsRulesHttp#headerMatches
        '''
        result = self._values.get("header_matches")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def headers(self) -> typing.Optional[typing.List[builtins.str]]:
        '''
        :schema: CiliumNetworkPolicySpecEgressToPortsRulesHttp#headers
        '''
        result = self._values.get("headers")
        return typing.cast(typing.Optional[typing.List[builtins.str]], result)

    @builtins.property
    def host(self) -> typing.Optional[builtins.str]:
        '''
        :schema: CiliumNetworkPolicySpecEgressToPortsRulesHttp#host
        '''
        result = self._values.get("host")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def method(self) -> typing.Optional[builtins.str]:
        '''
        :schema: CiliumNetworkPolicySpecEgressToPortsRulesHttp#method
        '''
        result = self._values.get("method")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def path(self) -> typing.Optional[builtins.str]:
        '''
        :schema: CiliumNetworkPolicySpecEgressToPortsRulesHttp#path
        '''
        result = self._values.get("path")
        return typing.cast(typing.Optional[builtins.str], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "CiliumNetworkPolicySpecEgressToPortsRulesHttp(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="dragonfly_iocilium.CiliumNetworkPolicySpecEnableDefaultDeny",
    jsii_struct_bases=[],
    name_mapping={"egress": "egress", "ingress": "ingress"},
)
class CiliumNetworkPolicySpecEnableDefaultDeny:
    def __init__(
        self,
        *,
        egress: typing.Optional[builtins.bool] = None,
        ingress: typing.Optional[builtins.bool] = None,
    ) -> None:
        '''
        :param egress: 
        :param ingress: 

        :schema: CiliumNetworkPolicySpecEnableDefaultDeny
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__9481ce16c325a1920870f5edc019aa7c53ed0e45300b71c91ef8cbe46306ed5d)
            check_type(argname="argument egress", value=egress, expected_type=type_hints["egress"])
            check_type(argname="argument ingress", value=ingress, expected_type=type_hints["ingress"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if egress is not None:
            self._values["egress"] = egress
        if ingress is not None:
            self._values["ingress"] = ingress

    @builtins.property
    def egress(self) -> typing.Optional[builtins.bool]:
        '''
        :schema: CiliumNetworkPolicySpecEnableDefaultDeny#egress
        '''
        result = self._values.get("egress")
        return typing.cast(typing.Optional[builtins.bool], result)

    @builtins.property
    def ingress(self) -> typing.Optional[builtins.bool]:
        '''
        :schema: CiliumNetworkPolicySpecEnableDefaultDeny#ingress
        '''
        result = self._values.get("ingress")
        return typing.cast(typing.Optional[builtins.bool], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "CiliumNetworkPolicySpecEnableDefaultDeny(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="dragonfly_iocilium.CiliumNetworkPolicySpecIngress",
    jsii_struct_bases=[],
    name_mapping={
        "authentication": "authentication",
        "from_cidr": "fromCidr",
        "from_cidr_set": "fromCidrSet",
        "from_endpoints": "fromEndpoints",
        "from_entities": "fromEntities",
        "from_groups": "fromGroups",
        "from_nodes": "fromNodes",
        "from_requires": "fromRequires",
        "icmps": "icmps",
        "to_ports": "toPorts",
    },
)
class CiliumNetworkPolicySpecIngress:
    def __init__(
        self,
        *,
        authentication: typing.Any = None,
        from_cidr: typing.Optional[typing.Sequence[builtins.str]] = None,
        from_cidr_set: typing.Optional[typing.Sequence[typing.Union["CiliumNetworkPolicySpecIngressFromCidrSet", typing.Dict[builtins.str, typing.Any]]]] = None,
        from_endpoints: typing.Optional[typing.Sequence[typing.Any]] = None,
        from_entities: typing.Optional[typing.Sequence["CiliumNetworkPolicySpecIngressFromEntities"]] = None,
        from_groups: typing.Optional[typing.Sequence[typing.Any]] = None,
        from_nodes: typing.Optional[typing.Sequence[typing.Any]] = None,
        from_requires: typing.Optional[typing.Sequence[typing.Any]] = None,
        icmps: typing.Optional[typing.Sequence[typing.Any]] = None,
        to_ports: typing.Optional[typing.Sequence[typing.Union["CiliumNetworkPolicySpecIngressToPorts", typing.Dict[builtins.str, typing.Any]]]] = None,
    ) -> None:
        '''
        :param authentication: 
        :param from_cidr: 
        :param from_cidr_set: 
        :param from_endpoints: 
        :param from_entities: 
        :param from_groups: 
        :param from_nodes: 
        :param from_requires: 
        :param icmps: 
        :param to_ports: 

        :schema: CiliumNetworkPolicySpecIngress
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__dda333603ec24490b7a86d08748214e9703d050c237345ad12e910ca4ba0c7ca)
            check_type(argname="argument authentication", value=authentication, expected_type=type_hints["authentication"])
            check_type(argname="argument from_cidr", value=from_cidr, expected_type=type_hints["from_cidr"])
            check_type(argname="argument from_cidr_set", value=from_cidr_set, expected_type=type_hints["from_cidr_set"])
            check_type(argname="argument from_endpoints", value=from_endpoints, expected_type=type_hints["from_endpoints"])
            check_type(argname="argument from_entities", value=from_entities, expected_type=type_hints["from_entities"])
            check_type(argname="argument from_groups", value=from_groups, expected_type=type_hints["from_groups"])
            check_type(argname="argument from_nodes", value=from_nodes, expected_type=type_hints["from_nodes"])
            check_type(argname="argument from_requires", value=from_requires, expected_type=type_hints["from_requires"])
            check_type(argname="argument icmps", value=icmps, expected_type=type_hints["icmps"])
            check_type(argname="argument to_ports", value=to_ports, expected_type=type_hints["to_ports"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if authentication is not None:
            self._values["authentication"] = authentication
        if from_cidr is not None:
            self._values["from_cidr"] = from_cidr
        if from_cidr_set is not None:
            self._values["from_cidr_set"] = from_cidr_set
        if from_endpoints is not None:
            self._values["from_endpoints"] = from_endpoints
        if from_entities is not None:
            self._values["from_entities"] = from_entities
        if from_groups is not None:
            self._values["from_groups"] = from_groups
        if from_nodes is not None:
            self._values["from_nodes"] = from_nodes
        if from_requires is not None:
            self._values["from_requires"] = from_requires
        if icmps is not None:
            self._values["icmps"] = icmps
        if to_ports is not None:
            self._values["to_ports"] = to_ports

    @builtins.property
    def authentication(self) -> typing.Any:
        '''
        :schema: CiliumNetworkPolicySpecIngress#authentication
        '''
        result = self._values.get("authentication")
        return typing.cast(typing.Any, result)

    @builtins.property
    def from_cidr(self) -> typing.Optional[typing.List[builtins.str]]:
        '''
        :schema: CiliumNetworkPolicySpecIngress#fromCIDR
        '''
        result = self._values.get("from_cidr")
        return typing.cast(typing.Optional[typing.List[builtins.str]], result)

    @builtins.property
    def from_cidr_set(
        self,
    ) -> typing.Optional[typing.List["CiliumNetworkPolicySpecIngressFromCidrSet"]]:
        '''
        :schema: CiliumNetworkPolicySpecIngress#fromCIDRSet
        '''
        result = self._values.get("from_cidr_set")
        return typing.cast(typing.Optional[typing.List["CiliumNetworkPolicySpecIngressFromCidrSet"]], result)

    @builtins.property
    def from_endpoints(self) -> typing.Optional[typing.List[typing.Any]]:
        '''
        :schema: CiliumNetworkPolicySpecIngress#fromEndpoints
        '''
        result = self._values.get("from_endpoints")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def from_entities(
        self,
    ) -> typing.Optional[typing.List["CiliumNetworkPolicySpecIngressFromEntities"]]:
        '''
        :schema: CiliumNetworkPolicySpecIngress#fromEntities
        '''
        result = self._values.get("from_entities")
        return typing.cast(typing.Optional[typing.List["CiliumNetworkPolicySpecIngressFromEntities"]], result)

    @builtins.property
    def from_groups(self) -> typing.Optional[typing.List[typing.Any]]:
        '''
        :schema: CiliumNetworkPolicySpecIngress#fromGroups
        '''
        result = self._values.get("from_groups")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def from_nodes(self) -> typing.Optional[typing.List[typing.Any]]:
        '''
        :schema: CiliumNetworkPolicySpecIngress#fromNodes
        '''
        result = self._values.get("from_nodes")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def from_requires(self) -> typing.Optional[typing.List[typing.Any]]:
        '''
        :schema: CiliumNetworkPolicySpecIngress#fromRequires
        '''
        result = self._values.get("from_requires")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def icmps(self) -> typing.Optional[typing.List[typing.Any]]:
        '''
        :schema: CiliumNetworkPolicySpecIngress#icmps
        '''
        result = self._values.get("icmps")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def to_ports(
        self,
    ) -> typing.Optional[typing.List["CiliumNetworkPolicySpecIngressToPorts"]]:
        '''
        :schema: CiliumNetworkPolicySpecIngress#toPorts
        '''
        result = self._values.get("to_ports")
        return typing.cast(typing.Optional[typing.List["CiliumNetworkPolicySpecIngressToPorts"]], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "CiliumNetworkPolicySpecIngress(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="dragonfly_iocilium.CiliumNetworkPolicySpecIngressFromCidrSet",
    jsii_struct_bases=[],
    name_mapping={
        "cidr": "cidr",
        "cidr_group_ref": "cidrGroupRef",
        "cidr_group_selector": "cidrGroupSelector",
        "except_": "except",
    },
)
class CiliumNetworkPolicySpecIngressFromCidrSet:
    def __init__(
        self,
        *,
        cidr: typing.Optional[builtins.str] = None,
        cidr_group_ref: typing.Optional[builtins.str] = None,
        cidr_group_selector: typing.Any = None,
        except_: typing.Optional[typing.Sequence[builtins.str]] = None,
    ) -> None:
        '''
        :param cidr: 
        :param cidr_group_ref: 
        :param cidr_group_selector: 
        :param except_: 

        :schema: CiliumNetworkPolicySpecIngressFromCidrSet
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__0fc761432688d552ef7b86b71c9ca1778b8dca7959b0520460e9b8f596c5abfd)
            check_type(argname="argument cidr", value=cidr, expected_type=type_hints["cidr"])
            check_type(argname="argument cidr_group_ref", value=cidr_group_ref, expected_type=type_hints["cidr_group_ref"])
            check_type(argname="argument cidr_group_selector", value=cidr_group_selector, expected_type=type_hints["cidr_group_selector"])
            check_type(argname="argument except_", value=except_, expected_type=type_hints["except_"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if cidr is not None:
            self._values["cidr"] = cidr
        if cidr_group_ref is not None:
            self._values["cidr_group_ref"] = cidr_group_ref
        if cidr_group_selector is not None:
            self._values["cidr_group_selector"] = cidr_group_selector
        if except_ is not None:
            self._values["except_"] = except_

    @builtins.property
    def cidr(self) -> typing.Optional[builtins.str]:
        '''
        :schema: CiliumNetworkPolicySpecIngressFromCidrSet#cidr
        '''
        result = self._values.get("cidr")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def cidr_group_ref(self) -> typing.Optional[builtins.str]:
        '''
        :schema: CiliumNetworkPolicySpecIngressFromCidrSet#cidrGroupRef
        '''
        result = self._values.get("cidr_group_ref")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def cidr_group_selector(self) -> typing.Any:
        '''
        :schema: CiliumNetworkPolicySpecIngressFromCidrSet#cidrGroupSelector
        '''
        result = self._values.get("cidr_group_selector")
        return typing.cast(typing.Any, result)

    @builtins.property
    def except_(self) -> typing.Optional[typing.List[builtins.str]]:
        '''
        :schema: CiliumNetworkPolicySpecIngressFromCidrSet#except
        '''
        result = self._values.get("except_")
        return typing.cast(typing.Optional[typing.List[builtins.str]], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "CiliumNetworkPolicySpecIngressFromCidrSet(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.enum(jsii_type="dragonfly_iocilium.CiliumNetworkPolicySpecIngressFromEntities")
class CiliumNetworkPolicySpecIngressFromEntities(enum.Enum):
    '''
    :schema: CiliumNetworkPolicySpecIngressFromEntities
    '''

    ALL = "ALL"
    '''all.'''
    WORLD = "WORLD"
    '''world.'''
    CLUSTER = "CLUSTER"
    '''cluster.'''
    HOST = "HOST"
    '''host.'''
    INIT = "INIT"
    '''init.'''
    INGRESS = "INGRESS"
    '''ingress.'''
    UNMANAGED = "UNMANAGED"
    '''unmanaged.'''
    REMOTE_HYPHEN_NODE = "REMOTE_HYPHEN_NODE"
    '''remote-node.'''
    HEALTH = "HEALTH"
    '''health.'''
    NONE = "NONE"
    '''none.'''
    KUBE_HYPHEN_APISERVER = "KUBE_HYPHEN_APISERVER"
    '''kube-apiserver.'''


@jsii.data_type(
    jsii_type="dragonfly_iocilium.CiliumNetworkPolicySpecIngressToPorts",
    jsii_struct_bases=[],
    name_mapping={
        "listener": "listener",
        "originating_tls": "originatingTls",
        "ports": "ports",
        "rules": "rules",
        "server_names": "serverNames",
        "terminating_tls": "terminatingTls",
    },
)
class CiliumNetworkPolicySpecIngressToPorts:
    def __init__(
        self,
        *,
        listener: typing.Any = None,
        originating_tls: typing.Any = None,
        ports: typing.Optional[typing.Sequence[typing.Union["CiliumNetworkPolicySpecIngressToPortsPorts", typing.Dict[builtins.str, typing.Any]]]] = None,
        rules: typing.Optional[typing.Union["CiliumNetworkPolicySpecIngressToPortsRules", typing.Dict[builtins.str, typing.Any]]] = None,
        server_names: typing.Optional[typing.Sequence[typing.Any]] = None,
        terminating_tls: typing.Any = None,
    ) -> None:
        '''
        :param listener: 
        :param originating_tls: 
        :param ports: 
        :param rules: 
        :param server_names: 
        :param terminating_tls: 

        :schema: CiliumNetworkPolicySpecIngressToPorts
        '''
        if isinstance(rules, dict):
            rules = CiliumNetworkPolicySpecIngressToPortsRules(**rules)
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__f9708c8291e49acc1df443e1d0b98090fecdaec063621010670fa9bd021f07fb)
            check_type(argname="argument listener", value=listener, expected_type=type_hints["listener"])
            check_type(argname="argument originating_tls", value=originating_tls, expected_type=type_hints["originating_tls"])
            check_type(argname="argument ports", value=ports, expected_type=type_hints["ports"])
            check_type(argname="argument rules", value=rules, expected_type=type_hints["rules"])
            check_type(argname="argument server_names", value=server_names, expected_type=type_hints["server_names"])
            check_type(argname="argument terminating_tls", value=terminating_tls, expected_type=type_hints["terminating_tls"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if listener is not None:
            self._values["listener"] = listener
        if originating_tls is not None:
            self._values["originating_tls"] = originating_tls
        if ports is not None:
            self._values["ports"] = ports
        if rules is not None:
            self._values["rules"] = rules
        if server_names is not None:
            self._values["server_names"] = server_names
        if terminating_tls is not None:
            self._values["terminating_tls"] = terminating_tls

    @builtins.property
    def listener(self) -> typing.Any:
        '''
        :schema: CiliumNetworkPolicySpecIngressToPorts#listener
        '''
        result = self._values.get("listener")
        return typing.cast(typing.Any, result)

    @builtins.property
    def originating_tls(self) -> typing.Any:
        '''
        :schema: CiliumNetworkPolicySpecIngressToPorts#originatingTLS
        '''
        result = self._values.get("originating_tls")
        return typing.cast(typing.Any, result)

    @builtins.property
    def ports(
        self,
    ) -> typing.Optional[typing.List["CiliumNetworkPolicySpecIngressToPortsPorts"]]:
        '''
        :schema: CiliumNetworkPolicySpecIngressToPorts#ports
        '''
        result = self._values.get("ports")
        return typing.cast(typing.Optional[typing.List["CiliumNetworkPolicySpecIngressToPortsPorts"]], result)

    @builtins.property
    def rules(self) -> typing.Optional["CiliumNetworkPolicySpecIngressToPortsRules"]:
        '''
        :schema: CiliumNetworkPolicySpecIngressToPorts#rules
        '''
        result = self._values.get("rules")
        return typing.cast(typing.Optional["CiliumNetworkPolicySpecIngressToPortsRules"], result)

    @builtins.property
    def server_names(self) -> typing.Optional[typing.List[typing.Any]]:
        '''
        :schema: CiliumNetworkPolicySpecIngressToPorts#serverNames
        '''
        result = self._values.get("server_names")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def terminating_tls(self) -> typing.Any:
        '''
        :schema: CiliumNetworkPolicySpecIngressToPorts#terminatingTLS
        '''
        result = self._values.get("terminating_tls")
        return typing.cast(typing.Any, result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "CiliumNetworkPolicySpecIngressToPorts(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="dragonfly_iocilium.CiliumNetworkPolicySpecIngressToPortsPorts",
    jsii_struct_bases=[],
    name_mapping={"port": "port", "end_port": "endPort", "protocol": "protocol"},
)
class CiliumNetworkPolicySpecIngressToPortsPorts:
    def __init__(
        self,
        *,
        port: builtins.str,
        end_port: typing.Optional[jsii.Number] = None,
        protocol: typing.Optional["CiliumNetworkPolicySpecIngressToPortsPortsProtocol"] = None,
    ) -> None:
        '''
        :param port: 
        :param end_port: 
        :param protocol: 

        :schema: CiliumNetworkPolicySpecIngressToPortsPorts
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__2637397b209a7204d0ff1765dffaf17e320114dbb6895d0265a6202dab6ac076)
            check_type(argname="argument port", value=port, expected_type=type_hints["port"])
            check_type(argname="argument end_port", value=end_port, expected_type=type_hints["end_port"])
            check_type(argname="argument protocol", value=protocol, expected_type=type_hints["protocol"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "port": port,
        }
        if end_port is not None:
            self._values["end_port"] = end_port
        if protocol is not None:
            self._values["protocol"] = protocol

    @builtins.property
    def port(self) -> builtins.str:
        '''
        :schema: CiliumNetworkPolicySpecIngressToPortsPorts#port
        '''
        result = self._values.get("port")
        assert result is not None, "Required property 'port' is missing"
        return typing.cast(builtins.str, result)

    @builtins.property
    def end_port(self) -> typing.Optional[jsii.Number]:
        '''
        :schema: CiliumNetworkPolicySpecIngressToPortsPorts#endPort
        '''
        result = self._values.get("end_port")
        return typing.cast(typing.Optional[jsii.Number], result)

    @builtins.property
    def protocol(
        self,
    ) -> typing.Optional["CiliumNetworkPolicySpecIngressToPortsPortsProtocol"]:
        '''
        :schema: CiliumNetworkPolicySpecIngressToPortsPorts#protocol
        '''
        result = self._values.get("protocol")
        return typing.cast(typing.Optional["CiliumNetworkPolicySpecIngressToPortsPortsProtocol"], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "CiliumNetworkPolicySpecIngressToPortsPorts(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.enum(
    jsii_type="dragonfly_iocilium.CiliumNetworkPolicySpecIngressToPortsPortsProtocol"
)
class CiliumNetworkPolicySpecIngressToPortsPortsProtocol(enum.Enum):
    '''
    :schema: CiliumNetworkPolicySpecIngressToPortsPortsProtocol
    '''

    TCP = "TCP"
    '''TCP.'''
    UDP = "UDP"
    '''UDP.'''
    SCTP = "SCTP"
    '''SCTP.'''
    ANY = "ANY"
    '''ANY.'''


@jsii.data_type(
    jsii_type="dragonfly_iocilium.CiliumNetworkPolicySpecIngressToPortsRules",
    jsii_struct_bases=[],
    name_mapping={
        "dns": "dns",
        "http": "http",
        "kafka": "kafka",
        "l7": "l7",
        "l7_proto": "l7Proto",
    },
)
class CiliumNetworkPolicySpecIngressToPortsRules:
    def __init__(
        self,
        *,
        dns: typing.Optional[typing.Sequence[typing.Union["CiliumNetworkPolicySpecIngressToPortsRulesDns", typing.Dict[builtins.str, typing.Any]]]] = None,
        http: typing.Optional[typing.Sequence[typing.Union["CiliumNetworkPolicySpecIngressToPortsRulesHttp", typing.Dict[builtins.str, typing.Any]]]] = None,
        kafka: typing.Optional[typing.Sequence[typing.Any]] = None,
        l7: typing.Optional[typing.Sequence[typing.Any]] = None,
        l7_proto: typing.Optional[builtins.str] = None,
    ) -> None:
        '''
        :param dns: 
        :param http: 
        :param kafka: 
        :param l7: 
        :param l7_proto: 

        :schema: CiliumNetworkPolicySpecIngressToPortsRules
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__57823c08e11ad4ccf57591fdea562756ab9c1ab9987934db312b296668f5fb79)
            check_type(argname="argument dns", value=dns, expected_type=type_hints["dns"])
            check_type(argname="argument http", value=http, expected_type=type_hints["http"])
            check_type(argname="argument kafka", value=kafka, expected_type=type_hints["kafka"])
            check_type(argname="argument l7", value=l7, expected_type=type_hints["l7"])
            check_type(argname="argument l7_proto", value=l7_proto, expected_type=type_hints["l7_proto"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if dns is not None:
            self._values["dns"] = dns
        if http is not None:
            self._values["http"] = http
        if kafka is not None:
            self._values["kafka"] = kafka
        if l7 is not None:
            self._values["l7"] = l7
        if l7_proto is not None:
            self._values["l7_proto"] = l7_proto

    @builtins.property
    def dns(
        self,
    ) -> typing.Optional[typing.List["CiliumNetworkPolicySpecIngressToPortsRulesDns"]]:
        '''
        :schema: CiliumNetworkPolicySpecIngressToPortsRules#dns
        '''
        result = self._values.get("dns")
        return typing.cast(typing.Optional[typing.List["CiliumNetworkPolicySpecIngressToPortsRulesDns"]], result)

    @builtins.property
    def http(
        self,
    ) -> typing.Optional[typing.List["CiliumNetworkPolicySpecIngressToPortsRulesHttp"]]:
        '''
        :schema: CiliumNetworkPolicySpecIngressToPortsRules#http
        '''
        result = self._values.get("http")
        return typing.cast(typing.Optional[typing.List["CiliumNetworkPolicySpecIngressToPortsRulesHttp"]], result)

    @builtins.property
    def kafka(self) -> typing.Optional[typing.List[typing.Any]]:
        '''
        :schema: CiliumNetworkPolicySpecIngressToPortsRules#kafka
        '''
        result = self._values.get("kafka")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def l7(self) -> typing.Optional[typing.List[typing.Any]]:
        '''
        :schema: CiliumNetworkPolicySpecIngressToPortsRules#l7
        '''
        result = self._values.get("l7")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def l7_proto(self) -> typing.Optional[builtins.str]:
        '''
        :schema: CiliumNetworkPolicySpecIngressToPortsRules#l7proto
        '''
        result = self._values.get("l7_proto")
        return typing.cast(typing.Optional[builtins.str], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "CiliumNetworkPolicySpecIngressToPortsRules(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="dragonfly_iocilium.CiliumNetworkPolicySpecIngressToPortsRulesDns",
    jsii_struct_bases=[],
    name_mapping={"match_name": "matchName", "match_pattern": "matchPattern"},
)
class CiliumNetworkPolicySpecIngressToPortsRulesDns:
    def __init__(
        self,
        *,
        match_name: typing.Optional[builtins.str] = None,
        match_pattern: typing.Optional[builtins.str] = None,
    ) -> None:
        '''
        :param match_name: 
        :param match_pattern: 

        :schema: CiliumNetworkPolicySpecIngressToPortsRulesDns
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__490f47aa8484a5ccff6008e6cd0caf1b8f2e3a52dec0b83fc6108a0a89ad667f)
            check_type(argname="argument match_name", value=match_name, expected_type=type_hints["match_name"])
            check_type(argname="argument match_pattern", value=match_pattern, expected_type=type_hints["match_pattern"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if match_name is not None:
            self._values["match_name"] = match_name
        if match_pattern is not None:
            self._values["match_pattern"] = match_pattern

    @builtins.property
    def match_name(self) -> typing.Optional[builtins.str]:
        '''
        :schema: CiliumNetworkPolicySpecIngressToPortsRulesDns#matchName
        '''
        result = self._values.get("match_name")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def match_pattern(self) -> typing.Optional[builtins.str]:
        '''
        :schema: CiliumNetworkPolicySpecIngressToPortsRulesDns#matchPattern
        '''
        result = self._values.get("match_pattern")
        return typing.cast(typing.Optional[builtins.str], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "CiliumNetworkPolicySpecIngressToPortsRulesDns(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="dragonfly_iocilium.CiliumNetworkPolicySpecIngressToPortsRulesHttp",
    jsii_struct_bases=[],
    name_mapping={
        "header_matches": "headerMatches",
        "headers": "headers",
        "host": "host",
        "method": "method",
        "path": "path",
    },
)
class CiliumNetworkPolicySpecIngressToPortsRulesHttp:
    def __init__(
        self,
        *,
        header_matches: typing.Optional[typing.Sequence[typing.Any]] = None,
        headers: typing.Optional[typing.Sequence[builtins.str]] = None,
        host: typing.Optional[builtins.str] = None,
        method: typing.Optional[builtins.str] = None,
        path: typing.Optional[builtins.str] = None,
    ) -> None:
        '''
        :param header_matches: 
        :param headers: 
        :param host: 
        :param method: 
        :param path: 

        :schema: CiliumNetworkPolicySpecIngressToPortsRulesHttp
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__2032b31db63cb1c2f083c4b4f163740c46df3741603016cfe3f4be30f0a5b42d)
            check_type(argname="argument header_matches", value=header_matches, expected_type=type_hints["header_matches"])
            check_type(argname="argument headers", value=headers, expected_type=type_hints["headers"])
            check_type(argname="argument host", value=host, expected_type=type_hints["host"])
            check_type(argname="argument method", value=method, expected_type=type_hints["method"])
            check_type(argname="argument path", value=path, expected_type=type_hints["path"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if header_matches is not None:
            self._values["header_matches"] = header_matches
        if headers is not None:
            self._values["headers"] = headers
        if host is not None:
            self._values["host"] = host
        if method is not None:
            self._values["method"] = method
        if path is not None:
            self._values["path"] = path

    @builtins.property
    def header_matches(self) -> typing.Optional[typing.List[typing.Any]]:
        '''
        :schema: CiliumNetworkPolicySpecIngressToPortsRulesHttp#headerMatches
        '''
        result = self._values.get("header_matches")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def headers(self) -> typing.Optional[typing.List[builtins.str]]:
        '''
        :schema: CiliumNetworkPolicySpecIngressToPortsRulesHttp#headers
        '''
        result = self._values.get("headers")
        return typing.cast(typing.Optional[typing.List[builtins.str]], result)

    @builtins.property
    def host(self) -> typing.Optional[builtins.str]:
        '''
        :schema: CiliumNetworkPolicySpecIngressToPortsRulesHttp#host
        '''
        result = self._values.get("host")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def method(self) -> typing.Optional[builtins.str]:
        '''
        :schema: CiliumNetworkPolicySpecIngressToPortsRulesHttp#method
        '''
        result = self._values.get("method")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def path(self) -> typing.Optional[builtins.str]:
        '''
        :schema: CiliumNetworkPolicySpecIngressToPortsRulesHttp#path
        '''
        result = self._values.get("path")
        return typing.cast(typing.Optional[builtins.str], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "CiliumNetworkPolicySpecIngressToPortsRulesHttp(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="dragonfly_iocilium.CiliumNetworkPolicySpecLabels",
    jsii_struct_bases=[],
    name_mapping={"key": "key", "source": "source", "value": "value"},
)
class CiliumNetworkPolicySpecLabels:
    def __init__(
        self,
        *,
        key: builtins.str,
        source: typing.Optional[builtins.str] = None,
        value: typing.Optional[builtins.str] = None,
    ) -> None:
        '''
        :param key: 
        :param source: 
        :param value: 

        :schema: CiliumNetworkPolicySpecLabels
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__6f12693d832ba94fd8476f230a30f5a3a29ae90261313e1fdf063f40c5bbceb6)
            check_type(argname="argument key", value=key, expected_type=type_hints["key"])
            check_type(argname="argument source", value=source, expected_type=type_hints["source"])
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "key": key,
        }
        if source is not None:
            self._values["source"] = source
        if value is not None:
            self._values["value"] = value

    @builtins.property
    def key(self) -> builtins.str:
        '''
        :schema: CiliumNetworkPolicySpecLabels#key
        '''
        result = self._values.get("key")
        assert result is not None, "Required property 'key' is missing"
        return typing.cast(builtins.str, result)

    @builtins.property
    def source(self) -> typing.Optional[builtins.str]:
        '''
        :schema: CiliumNetworkPolicySpecLabels#source
        '''
        result = self._values.get("source")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def value(self) -> typing.Optional[builtins.str]:
        '''
        :schema: CiliumNetworkPolicySpecLabels#value
        '''
        result = self._values.get("value")
        return typing.cast(typing.Optional[builtins.str], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "CiliumNetworkPolicySpecLabels(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


__all__ = [
    "CiliumNetworkPolicy",
    "CiliumNetworkPolicyProps",
    "CiliumNetworkPolicySpec",
    "CiliumNetworkPolicySpecEgress",
    "CiliumNetworkPolicySpecEgressToCidrSet",
    "CiliumNetworkPolicySpecEgressToEntities",
    "CiliumNetworkPolicySpecEgressToFqdNs",
    "CiliumNetworkPolicySpecEgressToPorts",
    "CiliumNetworkPolicySpecEgressToPortsPorts",
    "CiliumNetworkPolicySpecEgressToPortsPortsProtocol",
    "CiliumNetworkPolicySpecEgressToPortsRules",
    "CiliumNetworkPolicySpecEgressToPortsRulesDns",
    "CiliumNetworkPolicySpecEgressToPortsRulesHttp",
    "CiliumNetworkPolicySpecEnableDefaultDeny",
    "CiliumNetworkPolicySpecIngress",
    "CiliumNetworkPolicySpecIngressFromCidrSet",
    "CiliumNetworkPolicySpecIngressFromEntities",
    "CiliumNetworkPolicySpecIngressToPorts",
    "CiliumNetworkPolicySpecIngressToPortsPorts",
    "CiliumNetworkPolicySpecIngressToPortsPortsProtocol",
    "CiliumNetworkPolicySpecIngressToPortsRules",
    "CiliumNetworkPolicySpecIngressToPortsRulesDns",
    "CiliumNetworkPolicySpecIngressToPortsRulesHttp",
    "CiliumNetworkPolicySpecLabels",
]

publication.publish()

def _typecheckingstub__c87abe546673f1e35ef655cd8e2776698dd9b91adc9612e0e2710f0818150c1d(
    scope: _constructs_77d1e7e8.Construct,
    id: builtins.str,
    *,
    spec: typing.Union[CiliumNetworkPolicySpec, typing.Dict[builtins.str, typing.Any]],
    metadata: typing.Optional[typing.Union[_cdk8s_d3d9af27.ApiObjectMetadata, typing.Dict[builtins.str, typing.Any]]] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__02f3b1300bd883229a0db4f736d39e7d150fabd7f819930f249967eddd1002f5(
    *,
    spec: typing.Union[CiliumNetworkPolicySpec, typing.Dict[builtins.str, typing.Any]],
    metadata: typing.Optional[typing.Union[_cdk8s_d3d9af27.ApiObjectMetadata, typing.Dict[builtins.str, typing.Any]]] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__1fad38474cf49133d5d793d741a4a653f76f5d4df71b4fd57a3ec7554169febc(
    *,
    description: typing.Optional[builtins.str] = None,
    egress: typing.Optional[typing.Sequence[typing.Union[CiliumNetworkPolicySpecEgress, typing.Dict[builtins.str, typing.Any]]]] = None,
    egress_deny: typing.Optional[typing.Sequence[typing.Any]] = None,
    enable_default_deny: typing.Optional[typing.Union[CiliumNetworkPolicySpecEnableDefaultDeny, typing.Dict[builtins.str, typing.Any]]] = None,
    endpoint_selector: typing.Any = None,
    ingress: typing.Optional[typing.Sequence[typing.Union[CiliumNetworkPolicySpecIngress, typing.Dict[builtins.str, typing.Any]]]] = None,
    ingress_deny: typing.Optional[typing.Sequence[typing.Any]] = None,
    labels: typing.Optional[typing.Sequence[typing.Union[CiliumNetworkPolicySpecLabels, typing.Dict[builtins.str, typing.Any]]]] = None,
    log: typing.Any = None,
    node_selector: typing.Any = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__58a7fd2248608f2396aae5d1c0bd52a2b297b3a0cacecf94066d07cb1190d164(
    *,
    authentication: typing.Any = None,
    icmps: typing.Optional[typing.Sequence[typing.Any]] = None,
    to_cidr: typing.Optional[typing.Sequence[builtins.str]] = None,
    to_cidr_set: typing.Optional[typing.Sequence[typing.Union[CiliumNetworkPolicySpecEgressToCidrSet, typing.Dict[builtins.str, typing.Any]]]] = None,
    to_endpoints: typing.Optional[typing.Sequence[typing.Any]] = None,
    to_entities: typing.Optional[typing.Sequence[CiliumNetworkPolicySpecEgressToEntities]] = None,
    to_fqd_ns: typing.Optional[typing.Sequence[typing.Union[CiliumNetworkPolicySpecEgressToFqdNs, typing.Dict[builtins.str, typing.Any]]]] = None,
    to_groups: typing.Optional[typing.Sequence[typing.Any]] = None,
    to_nodes: typing.Optional[typing.Sequence[typing.Any]] = None,
    to_ports: typing.Optional[typing.Sequence[typing.Union[CiliumNetworkPolicySpecEgressToPorts, typing.Dict[builtins.str, typing.Any]]]] = None,
    to_requires: typing.Optional[typing.Sequence[typing.Any]] = None,
    to_services: typing.Optional[typing.Sequence[typing.Any]] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__d7efe7c1542b86af099371a5ad7c39f3796bebcea387f921f4cc9eecaee19d2a(
    *,
    cidr: typing.Optional[builtins.str] = None,
    cidr_group_ref: typing.Optional[builtins.str] = None,
    cidr_group_selector: typing.Any = None,
    except_: typing.Optional[typing.Sequence[builtins.str]] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__59b0277105add48888a8a801bba99dfe06786a19b0bd9988196860b7290c65e4(
    *,
    match_name: typing.Optional[builtins.str] = None,
    match_pattern: typing.Optional[builtins.str] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__595ac16e42da57b120cdf3db133fa924e7f19e3ee6987e5fad218ae98c5dc325(
    *,
    listener: typing.Any = None,
    originating_tls: typing.Any = None,
    ports: typing.Optional[typing.Sequence[typing.Union[CiliumNetworkPolicySpecEgressToPortsPorts, typing.Dict[builtins.str, typing.Any]]]] = None,
    rules: typing.Optional[typing.Union[CiliumNetworkPolicySpecEgressToPortsRules, typing.Dict[builtins.str, typing.Any]]] = None,
    server_names: typing.Optional[typing.Sequence[typing.Any]] = None,
    terminating_tls: typing.Any = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__b74849b8c679e83b1f92e296177ae84ff30e79382009a7e62f57b65a37a81cc0(
    *,
    port: builtins.str,
    end_port: typing.Optional[jsii.Number] = None,
    protocol: typing.Optional[CiliumNetworkPolicySpecEgressToPortsPortsProtocol] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__6cc4d3d4723a74cb9e1368043977cc7e79c2c6df229531d3a14385e66966ca44(
    *,
    dns: typing.Optional[typing.Sequence[typing.Union[CiliumNetworkPolicySpecEgressToPortsRulesDns, typing.Dict[builtins.str, typing.Any]]]] = None,
    http: typing.Optional[typing.Sequence[typing.Union[CiliumNetworkPolicySpecEgressToPortsRulesHttp, typing.Dict[builtins.str, typing.Any]]]] = None,
    kafka: typing.Optional[typing.Sequence[typing.Any]] = None,
    l7: typing.Optional[typing.Sequence[typing.Any]] = None,
    l7_proto: typing.Optional[builtins.str] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__bf59e6791b7d7984fc2411da6bbb8119f1b714f4bb48fb0bbbf6a52f352a00da(
    *,
    match_name: typing.Optional[builtins.str] = None,
    match_pattern: typing.Optional[builtins.str] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__344eeafc0be0aeb86dd6c56d6627b130ece884398f2413ab50b81b4cc65f5162(
    *,
    header_matches: typing.Optional[typing.Sequence[typing.Any]] = None,
    headers: typing.Optional[typing.Sequence[builtins.str]] = None,
    host: typing.Optional[builtins.str] = None,
    method: typing.Optional[builtins.str] = None,
    path: typing.Optional[builtins.str] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__9481ce16c325a1920870f5edc019aa7c53ed0e45300b71c91ef8cbe46306ed5d(
    *,
    egress: typing.Optional[builtins.bool] = None,
    ingress: typing.Optional[builtins.bool] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__dda333603ec24490b7a86d08748214e9703d050c237345ad12e910ca4ba0c7ca(
    *,
    authentication: typing.Any = None,
    from_cidr: typing.Optional[typing.Sequence[builtins.str]] = None,
    from_cidr_set: typing.Optional[typing.Sequence[typing.Union[CiliumNetworkPolicySpecIngressFromCidrSet, typing.Dict[builtins.str, typing.Any]]]] = None,
    from_endpoints: typing.Optional[typing.Sequence[typing.Any]] = None,
    from_entities: typing.Optional[typing.Sequence[CiliumNetworkPolicySpecIngressFromEntities]] = None,
    from_groups: typing.Optional[typing.Sequence[typing.Any]] = None,
    from_nodes: typing.Optional[typing.Sequence[typing.Any]] = None,
    from_requires: typing.Optional[typing.Sequence[typing.Any]] = None,
    icmps: typing.Optional[typing.Sequence[typing.Any]] = None,
    to_ports: typing.Optional[typing.Sequence[typing.Union[CiliumNetworkPolicySpecIngressToPorts, typing.Dict[builtins.str, typing.Any]]]] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__0fc761432688d552ef7b86b71c9ca1778b8dca7959b0520460e9b8f596c5abfd(
    *,
    cidr: typing.Optional[builtins.str] = None,
    cidr_group_ref: typing.Optional[builtins.str] = None,
    cidr_group_selector: typing.Any = None,
    except_: typing.Optional[typing.Sequence[builtins.str]] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__f9708c8291e49acc1df443e1d0b98090fecdaec063621010670fa9bd021f07fb(
    *,
    listener: typing.Any = None,
    originating_tls: typing.Any = None,
    ports: typing.Optional[typing.Sequence[typing.Union[CiliumNetworkPolicySpecIngressToPortsPorts, typing.Dict[builtins.str, typing.Any]]]] = None,
    rules: typing.Optional[typing.Union[CiliumNetworkPolicySpecIngressToPortsRules, typing.Dict[builtins.str, typing.Any]]] = None,
    server_names: typing.Optional[typing.Sequence[typing.Any]] = None,
    terminating_tls: typing.Any = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__2637397b209a7204d0ff1765dffaf17e320114dbb6895d0265a6202dab6ac076(
    *,
    port: builtins.str,
    end_port: typing.Optional[jsii.Number] = None,
    protocol: typing.Optional[CiliumNetworkPolicySpecIngressToPortsPortsProtocol] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__57823c08e11ad4ccf57591fdea562756ab9c1ab9987934db312b296668f5fb79(
    *,
    dns: typing.Optional[typing.Sequence[typing.Union[CiliumNetworkPolicySpecIngressToPortsRulesDns, typing.Dict[builtins.str, typing.Any]]]] = None,
    http: typing.Optional[typing.Sequence[typing.Union[CiliumNetworkPolicySpecIngressToPortsRulesHttp, typing.Dict[builtins.str, typing.Any]]]] = None,
    kafka: typing.Optional[typing.Sequence[typing.Any]] = None,
    l7: typing.Optional[typing.Sequence[typing.Any]] = None,
    l7_proto: typing.Optional[builtins.str] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__490f47aa8484a5ccff6008e6cd0caf1b8f2e3a52dec0b83fc6108a0a89ad667f(
    *,
    match_name: typing.Optional[builtins.str] = None,
    match_pattern: typing.Optional[builtins.str] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__2032b31db63cb1c2f083c4b4f163740c46df3741603016cfe3f4be30f0a5b42d(
    *,
    header_matches: typing.Optional[typing.Sequence[typing.Any]] = None,
    headers: typing.Optional[typing.Sequence[builtins.str]] = None,
    host: typing.Optional[builtins.str] = None,
    method: typing.Optional[builtins.str] = None,
    path: typing.Optional[builtins.str] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__6f12693d832ba94fd8476f230a30f5a3a29ae90261313e1fdf063f40c5bbceb6(
    *,
    key: builtins.str,
    source: typing.Optional[builtins.str] = None,
    value: typing.Optional[builtins.str] = None,
) -> None:
    """Type checking stubs"""
    pass
