package main

import (
	"context"
	"fmt"
	"net"
	_ "unsafe" // For go:linkname.

	v1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes/fake"
	"k8s.io/client-go/tools/cache"
	"sigs.k8s.io/kube-network-policies/pkg/networkpolicy"
	adminfake "sigs.k8s.io/network-policy-api/pkg/client/clientset/versioned/fake"
	admininformers "sigs.k8s.io/network-policy-api/pkg/client/informers/externalversions"
)

// evaluatePacket is the engine's verdict on a connection's first packet, which the module keeps to itself: on a cluster
// the kernel calls it.
//
//go:linkname evaluatePacket sigs.k8s.io/kube-network-policies/pkg/networkpolicy.(*Controller).evaluatePacket
func evaluatePacket(c *networkpolicy.Controller, ctx context.Context, p packet) bool

// packet has the fields of the module's own, in their order.
type packet struct {
	id      uint32
	family  v1.IPFamily
	srcIP   net.IP
	dstIP   net.IP
	proto   v1.Protocol
	srcPort int
	dstPort int
	payload []byte
}

// ephemeral is a client's port.
const ephemeral = 40000

// cluster is the engine, and what it sees of the API server.
type cluster struct {
	engine     *networkpolicy.Controller
	policies   cache.Store
	namespaces cache.Store
	pods       cache.Store
}

func newCluster() (*cluster, error) {
	client := fake.NewClientset()
	of := informers.NewSharedInformerFactory(client, 0)
	adminClient := adminfake.NewSimpleClientset()
	adminOf := admininformers.NewSharedInformerFactory(adminClient, 0)
	policies, core := of.Networking().V1().NetworkPolicies(), of.Core().V1()
	engine, err := networkpolicy.NewController(
		client, policies, core.Namespaces(), core.Pods(), core.Nodes(), adminClient,
		adminOf.Policy().V1alpha1().AdminNetworkPolicies(), adminOf.Policy().V1alpha1().BaselineAdminNetworkPolicies(),
		networkpolicy.Config{NodeName: "node"},
	)
	if err != nil {
		return nil, err
	}
	return &cluster{
		engine,
		policies.Informer().GetStore(),
		core.Namespaces().Informer().GetStore(),
		core.Pods().Informer().GetStore(),
	}, nil
}

func (c *cluster) judge(asked question) ([]verdict, error) {
	policies := []any{}
	for _, manifest := range asked.Policies {
		policy, err := stored(manifest)
		if err != nil {
			return nil, err
		}
		policies = append(policies, policy)
	}
	addresses, err := c.inhabit(asked.Parties)
	if err != nil {
		return nil, err
	}
	if err := c.policies.Replace(policies, ""); err != nil {
		return nil, err
	}
	verdicts := make([]verdict, len(asked.Flows))
	for i, each := range asked.Flows {
		from, to := addresses[each.From], addresses[each.To]
		if from == nil || to == nil {
			return nil, fmt.Errorf("flow from %q to %q: no such party", each.From, each.To)
		}
		first := packet{
			family: v1.IPv4Protocol, srcIP: from, dstIP: to, proto: each.Protocol, srcPort: ephemeral, dstPort: each.Port,
		}
		verdicts[i].Connection = "denied"
		if evaluatePacket(c.engine, context.Background(), first) {
			verdicts[i].Connection = "allowed"
		}
	}
	return verdicts, nil
}

// inhabit makes pods of the parties that are pods, and gives everybody's address. A pod without one has an address that
// is in no range of a policy: to this engine a range takes in pods as well.
func (c *cluster) inhabit(parties []party) (map[string]net.IP, error) {
	addresses := map[string]net.IP{}
	namespaces, pods := []any{}, []any{}
	for i, each := range parties {
		if each.Namespace == "" {
			addresses[each.Name] = net.ParseIP(each.Address)
			continue
		}
		address := net.ParseIP(each.Address)
		if address == nil {
			address = net.ParseIP(fmt.Sprintf("fd00::%x", i+1))
		}
		addresses[each.Name] = address
		namespaces = append(namespaces, &v1.Namespace{ObjectMeta: metav1.ObjectMeta{
			Name: each.Namespace, Labels: map[string]string{v1.LabelMetadataName: each.Namespace},
		}})
		pods = append(pods, &v1.Pod{
			ObjectMeta: metav1.ObjectMeta{Name: each.Name, Namespace: each.Namespace, Labels: each.Labels},
			Spec:       v1.PodSpec{NodeName: "node"},
			Status:     v1.PodStatus{Phase: v1.PodRunning, PodIPs: []v1.PodIP{{IP: address.String()}}},
		})
	}
	if err := c.namespaces.Replace(namespaces, ""); err != nil {
		return nil, err
	}
	return addresses, c.pods.Replace(pods, "")
}
