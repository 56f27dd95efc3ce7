package main

import (
	"fmt"
	"log/slog"
	"math"
	"net/netip"
	"regexp"
	"slices"

	"github.com/cilium/cilium/pkg/crypto/certificatemanager"
	"github.com/cilium/cilium/pkg/endpoint/regeneration"
	envoypolicy "github.com/cilium/cilium/pkg/envoy/policy"
	"github.com/cilium/cilium/pkg/fqdn/dns"
	"github.com/cilium/cilium/pkg/fqdn/dnsproxy"
	"github.com/cilium/cilium/pkg/fqdn/restore"
	"github.com/cilium/cilium/pkg/identity"
	"github.com/cilium/cilium/pkg/identity/identitymanager"
	"github.com/cilium/cilium/pkg/policy"
	"github.com/cilium/cilium/pkg/policy/api"
	"github.com/cilium/cilium/pkg/policy/types"
	testpolicy "github.com/cilium/cilium/pkg/testutils/policy"
	"github.com/cilium/cilium/pkg/u8proto"
)

var (
	logger     = slog.New(slog.DiscardHandler)
	translator = envoypolicy.NewEnvoyL7RulesTranslator(logger, certificatemanager.NewMockSecretManagerInline())
)

func judge(asked question) ([]verdict, error) {
	entries, selectors, err := parsed(asked.Policies)
	if err != nil {
		return nil, err
	}
	known, err := identities(asked.Parties, nil)
	if err != nil {
		return nil, err
	}
	if len(selectors) > 0 {
		names, err := resolved(asked, newNetwork(entries, known, asked.Requests), selectors)
		if err != nil {
			return nil, err
		}
		if known, err = identities(asked.Parties, names); err != nil {
			return nil, err
		}
	}
	within := newNetwork(entries, known, asked.Requests)
	verdicts := make([]verdict, len(asked.Flows))
	for i, each := range asked.Flows {
		if verdicts[i], err = within.verdict(each); err != nil {
			return nil, err
		}
	}
	return verdicts, nil
}

// network has the parties' policies as the agents compute them, each once.
type network struct {
	repository *policy.Repository
	known      map[string]*identity.Identity
	requests   [][2]string
	endpoints  map[string]*policy.EndpointPolicy
}

func newNetwork(entries types.PolicyEntries, known map[string]*identity.Identity, requests [][2]string) *network {
	all := identity.IdentityMap{}
	for _, each := range known {
		all[each.ID] = each.LabelArray
	}
	manager := identitymanager.NewIDManager(logger)
	repository := policy.NewPolicyRepository(logger, all, nil, translator, manager, testpolicy.NewPolicyMetricsNoop())
	repository.UpdateIdentities(all, nil)
	repository.MustAddPolicyEntries(entries)
	return &network{repository, known, requests, map[string]*policy.EndpointPolicy{}}
}

// verdict is what passes from one party to another, which the policies of both must allow.
func (n *network) verdict(of flow) (verdict, error) {
	protocol, err := u8proto.ParseProtocol(of.Protocol)
	if err != nil {
		return verdict{}, err
	}
	from, to := n.known[of.From], n.known[of.To]
	if from == nil || to == nil {
		return verdict{}, fmt.Errorf("flow from %q to %q: no such party", of.From, of.To)
	}
	passes := verdict{Connection: "allowed"}
	for _, side := range []struct {
		subject string
		peer    identity.NumericIdentity
		key     policy.Key
	}{
		{of.From, to.ID, policy.EgressKey()},
		{of.To, from.ID, policy.IngressKey()},
	} {
		endpoint, err := n.endpoint(side.subject)
		if err != nil {
			return verdict{}, err
		}
		key := side.key.WithIdentity(side.peer).WithPortProto(protocol, of.Port)
		passes = both(passes, n.through(endpoint, key, side.peer))
	}
	return passes, nil
}

func (n *network) endpoint(name string) (*policy.EndpointPolicy, error) {
	if computed, ok := n.endpoints[name]; ok {
		return computed, nil
	}
	of := n.known[name]
	selected, _, err := n.repository.ComputeSelectorPolicy(of)
	if err != nil {
		return nil, err
	}
	// Any flow may be redirected to a proxy: the port is of no interest.
	computed := selected.DistillPolicy(logger, owner(of.ID), map[string]uint16{policy.FallbackRedirectID: math.MaxUint16})
	if err := computed.Ready(); err != nil {
		return nil, err
	}
	n.endpoints[name] = computed
	return computed, nil
}

func (n *network) through(endpoint *policy.EndpointPolicy, key policy.Key, peer identity.NumericIdentity) verdict {
	entry, _, _ := endpoint.Lookup(key)
	switch {
	case entry.IsDeny():
		return verdict{Connection: "denied"}
	case !entry.IsRedirectEntry():
		return verdict{Connection: "allowed"}
	}
	direction := endpoint.SelectorPolicy.L4Policy.Egress
	if key.TrafficDirection() == policy.IngressKey().TrafficDirection() {
		direction = endpoint.SelectorPolicy.L4Policy.Ingress
	}
	proxied := verdict{Connection: "http"}
	for filter := range direction.PortRules.Filters() {
		if !covers(filter, key.Nexthdr, key.DestPort) {
			continue
		}
		for selector, rules := range filter.PerSelectorPolicies {
			if !selector.Selects(peer) {
				continue
			}
			if rules.GetL7Parser() == policy.ParserTypeDNS {
				proxied.Connection = "dns"
			}
			for i, request := range n.requests {
				if !slices.Contains(proxied.Requests, i) && passes(rules, request) {
					proxied.Requests = append(proxied.Requests, i)
				}
			}
		}
	}
	slices.Sort(proxied.Requests)
	return proxied
}

// passes says whether rules let a request through, as Envoy is told to decide: expressions on its method and path, each
// of which must match the whole.
func passes(rules *policy.PerSelectorPolicy, request [2]string) bool {
	if rules.GetL7Parser() == policy.ParserTypeNone {
		return true
	}
	if rules.GetL7Parser() != policy.ParserTypeHTTP {
		return false
	}
	told, _ := translator.GetEnvoyHTTPRules(&rules.L7Rules, "")
	if told == nil {
		return true
	}
	sent := map[string]string{":method": request[0], ":path": request[1]}
	for _, rule := range told.GetHttpRules() {
		matches := true
		for _, header := range rule.GetHeaders() {
			expression := header.GetStringMatch().GetSafeRegex().GetRegex()
			compiled, err := regexp.Compile("^(?:" + expression + ")$")
			matches = matches && err == nil && compiled.MatchString(sent[header.GetName()])
		}
		if matches {
			return true
		}
	}
	return false
}

// resolved are the selectors of names that lead to each party: Cilium learns a name's addresses from the answers that
// pass its DNS proxy, which is asked here whether a question of any endpoint to any party may pass.
func resolved(asked question, within *network, selectors api.FQDNSelectorSlice) (map[string]api.FQDNSelectorSlice, error) {
	proxy := dnsproxy.NewDNSProxy(dnsproxy.DNSProxyConfig{Logger: logger}, nil, nil)
	type place struct {
		endpoint uint64
		at       restore.PortProto
	}
	var places []place
	for _, each := range asked.Parties {
		endpoint, err := within.endpoint(each.Name)
		if err != nil {
			return nil, err
		}
		for filter := range endpoint.SelectorPolicy.L4Policy.Egress.PortRules.Filters() {
			rules := policy.L7DataMap{}
			for selector, of := range filter.PerSelectorPolicies {
				if of.GetL7Parser() == policy.ParserTypeDNS {
					rules[selector] = of
				}
			}
			if len(rules) == 0 {
				continue
			}
			in := place{uint64(within.known[each.Name].ID), restore.MakeV2PortProto(filter.Port, filter.U8Proto)}
			if _, err := proxy.UpdateAllowed(in.endpoint, in.at, rules); err != nil {
				return nil, err
			}
			places = append(places, in)
		}
	}
	names := map[string]api.FQDNSelectorSlice{}
	for _, each := range asked.Parties {
		if each.Host == "" || !slices.ContainsFunc(places, func(in place) bool {
			return slices.ContainsFunc(asked.Parties, func(resolver party) bool {
				id := within.known[resolver.Name].ID
				passes, err := proxy.CheckAllowed(in.endpoint, in.at, id, netip.Addr{}, each.Host)
				return err == nil && passes
			})
		}) {
			continue
		}
		for _, selector := range selectors {
			expression, err := selector.ToRegex()
			if err != nil {
				return nil, err
			}
			if expression.MatchString(dns.FQDN(each.Host)) {
				names[each.Name] = append(names[each.Name], selector)
			}
		}
	}
	return names, nil
}

func covers(filter *policy.L4Filter, protocol u8proto.U8proto, port uint16) bool {
	if filter.PortName != "" || (filter.U8Proto != u8proto.ANY && filter.U8Proto != protocol) {
		return false
	}
	return filter.Port == 0 || filter.Port == port || (filter.Port < port && port <= filter.EndPort)
}

// both is what passes two policies one after the other.
func both(one, other verdict) verdict {
	for _, decisive := range []string{"denied", "http", "dns"} {
		if one.Connection == decisive && other.Connection == decisive && decisive == "http" {
			kept := []int{}
			for _, i := range one.Requests {
				if slices.Contains(other.Requests, i) {
					kept = append(kept, i)
				}
			}
			return verdict{decisive, kept}
		}
		if one.Connection == decisive {
			return one
		}
		if other.Connection == decisive {
			return other
		}
	}
	return one
}

// owner is an endpoint as far as its policy asks for it.
type owner identity.NumericIdentity

func (o owner) GetID() uint64                                      { return uint64(o) }
func (o owner) GetIngressNamedPort(string, u8proto.U8proto) uint16 { return 0 }
func (o owner) PolicyDebug(string, ...any)                         {}
func (o owner) IsHost() bool                                       { return false }
func (o owner) PreviousMapStateSizes() policy.MapStateSizes        { return policy.MapStateSizes{} }

func (o owner) RegenerateIfAlive(*regeneration.ExternalRegenerationMetadata) <-chan bool {
	done := make(chan bool)
	close(done)
	return done
}
