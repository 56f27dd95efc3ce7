package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/netip"

	v1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
)

// stored is a NetworkPolicy as the API server hands it to the engine: with its defaults
// (https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/apis/networking/v1/defaults.go), and without what it refuses
// (pkg/apis/networking/validation/validation.go) of the mistakes that can be made here.
func stored(manifest json.RawMessage) (*networkingv1.NetworkPolicy, error) {
	applied, err := decoded(manifest)
	if err != nil {
		return nil, err
	}
	// Stored and read back, an empty list is none.
	again, err := json.Marshal(applied)
	if err != nil {
		return nil, err
	}
	policy, err := decoded(again)
	if err != nil {
		return nil, err
	}
	spec := &policy.Spec
	if len(spec.PolicyTypes) == 0 {
		spec.PolicyTypes = []networkingv1.PolicyType{networkingv1.PolicyTypeIngress}
		if len(spec.Egress) != 0 {
			spec.PolicyTypes = append(spec.PolicyTypes, networkingv1.PolicyTypeEgress)
		}
	}
	for _, of := range spec.PolicyTypes {
		if of != networkingv1.PolicyTypeIngress && of != networkingv1.PolicyTypeEgress {
			return nil, fmt.Errorf("spec.policyTypes: %q", of)
		}
	}
	for i := range spec.Ingress {
		if err := completed(spec.Ingress[i].From, spec.Ingress[i].Ports); err != nil {
			return nil, fmt.Errorf("spec.ingress[%d]: %w", i, err)
		}
	}
	for i := range spec.Egress {
		if err := completed(spec.Egress[i].To, spec.Egress[i].Ports); err != nil {
			return nil, fmt.Errorf("spec.egress[%d]: %w", i, err)
		}
	}
	return policy, nil
}

func decoded(manifest json.RawMessage) (*networkingv1.NetworkPolicy, error) {
	var policy networkingv1.NetworkPolicy
	decoder := json.NewDecoder(bytes.NewReader(manifest))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&policy); err != nil {
		return nil, err
	}
	if policy.Kind != "NetworkPolicy" {
		return nil, fmt.Errorf("no NetworkPolicy: kind %q", policy.Kind)
	}
	return &policy, nil
}

// completed sets the defaults of a rule's ports, where the API server accepts the rule.
func completed(peers []networkingv1.NetworkPolicyPeer, ports []networkingv1.NetworkPolicyPort) error {
	tcp := v1.ProtocolTCP
	for i := range ports {
		if ports[i].Protocol == nil {
			ports[i].Protocol = &tcp
		}
		switch *ports[i].Protocol {
		case v1.ProtocolTCP, v1.ProtocolUDP, v1.ProtocolSCTP:
		default:
			return fmt.Errorf("ports[%d].protocol: %q", i, *ports[i].Protocol)
		}
	}
	for i, peer := range peers {
		selects := peer.PodSelector != nil || peer.NamespaceSelector != nil
		if selects == (peer.IPBlock != nil) {
			return fmt.Errorf("peer %d: either pods or addresses", i)
		}
		if peer.IPBlock != nil {
			if _, err := netip.ParsePrefix(peer.IPBlock.CIDR); err != nil {
				return fmt.Errorf("peer %d: %w", i, err)
			}
		}
	}
	return nil
}
