package main

import (
	"fmt"
	"net/netip"

	"github.com/cilium/cilium/pkg/identity"
	k8sUtils "github.com/cilium/cilium/pkg/k8s/utils"
	"github.com/cilium/cilium/pkg/labels"
	"github.com/cilium/cilium/pkg/labelsfilter"
	"github.com/cilium/cilium/pkg/policy/api"
)

// namespace is one as Kubernetes makes it: with its name as a label.
type namespace string

func (n namespace) GetName() string { return string(n) }

func (n namespace) GetLabels() map[string]string {
	return map[string]string{"kubernetes.io/metadata.name": string(n)}
}

// identities are the parties as Cilium knows them; names are the selectors of names whose answers it has seen, for each
// party that they led to.
func identities(parties []party, names map[string]api.FQDNSelectorSlice) (map[string]*identity.Identity, error) {
	known := make(map[string]*identity.Identity, len(parties))
	for i, each := range parties {
		number := identity.NumericIdentity(i + 1)
		switch {
		case each.Entity != "":
			known[each.Name] = identity.LookupReservedIdentity(identity.GetReservedID(each.Entity))
			if known[each.Name] == nil {
				return nil, fmt.Errorf("%s: no reserved identity %q", each.Name, each.Entity)
			}
		case each.Namespace != "":
			sanitized := k8sUtils.SanitizePodLabels(each.Labels, namespace(each.Namespace), "default", cluster)
			// Of a pod's labels only those that the filter keeps make its identity.
			has, _ := labelsfilter.Filter(labels.Map2Labels(sanitized, labels.LabelSourceK8s))
			known[each.Name] = identity.NewIdentity(identity.MinimalNumericIdentity+number, has)
		default:
			address, err := netip.ParseAddr(each.Address)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", each.Name, err)
			}
			has := labels.GetCIDRLabels(netip.PrefixFrom(address, address.BitLen()))
			for _, selector := range names[each.Name] {
				label := selector.IdentityLabel()
				has[label.Key] = label
			}
			known[each.Name] = identity.NewIdentity(identity.IdentityScopeLocal|number, has)
		}
	}
	return known, nil
}
