package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log"

	"github.com/cilium/cilium/pkg/k8s"
	"github.com/cilium/cilium/pkg/k8s/apis/cilium.io/v2"
	networkingv1 "github.com/cilium/cilium/pkg/k8s/slim/k8s/api/networking/v1"
	"github.com/cilium/cilium/pkg/labelsfilter"
	"github.com/cilium/cilium/pkg/option"
	"github.com/cilium/cilium/pkg/policy/api"
	"github.com/cilium/cilium/pkg/policy/types"
	"github.com/cilium/cilium/pkg/policy/utils"
)

const cluster = "default"

// configure sets what the agent sets on a Kubernetes cluster with IPv4.
func configure() {
	option.Config.ClusterName = cluster
	option.Config.EnableIPv4 = true
	option.Config.EnableIPv6 = false
	option.Config.EnableL7Proxy = true
	option.Config.EnableNonDefaultDenyPolicies = true
	option.Config.UnsafeDaemonConfigOption.AllowLocalhost = option.AllowLocalhostAlways
	api.InitEntities(cluster)
	if err := labelsfilter.ParseLabelPrefixCfg(logger, nil, nil, ""); err != nil {
		log.Fatal(err)
	}
}

// parsed are the policies as Cilium's agent reads them, and the names that they lead to.
func parsed(policies []json.RawMessage) (types.PolicyEntries, api.FQDNSelectorSlice, error) {
	var entries types.PolicyEntries
	var names api.FQDNSelectorSlice
	for _, policy := range policies {
		var kind struct {
			Kind string `json:"kind"`
		}
		if err := json.Unmarshal(policy, &kind); err != nil {
			return nil, nil, err
		}
		switch kind.Kind {
		case "CiliumNetworkPolicy":
			rules, err := ciliums(policy)
			if err != nil {
				return nil, nil, err
			}
			for _, rule := range rules {
				for _, egress := range rule.Egress {
					names = append(names, egress.ToFQDNs...)
				}
			}
			entries = append(entries, utils.RulesToPolicyEntries(rules)...)
		case "NetworkPolicy":
			var of networkingv1.NetworkPolicy
			if err := json.Unmarshal(policy, &of); err != nil {
				return nil, nil, err
			}
			parsed, err := k8s.ParseNetworkPolicy(logger, cluster, &of)
			if err != nil {
				return nil, nil, err
			}
			entries = append(entries, parsed...)
		default:
			return nil, nil, fmt.Errorf("no policy: kind %q", kind.Kind)
		}
	}
	return entries, names, nil
}

func ciliums(policy json.RawMessage) (api.Rules, error) {
	var of v2.CiliumNetworkPolicy
	decoder := json.NewDecoder(bytes.NewReader(policy))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&of); err != nil {
		return nil, err
	}
	return of.Parse(logger, cluster)
}
