// Command kube-network-policies judges flows by the engine of kube-network-policies: a question a line on standard input, an
// answer a line on standard output, both JSON.
//
// A question has the NetworkPolicies as they are applied, the parties and the flows between them. An answer has a
// verdict a flow, or the error with which the API server would refuse the policies.
package main

import (
	"bufio"
	"encoding/json"
	"log"
	"os"

	v1 "k8s.io/api/core/v1"
)

type question struct {
	Policies []json.RawMessage `json:"policies"`
	Parties  []party           `json:"parties"`
	Flows    []flow            `json:"flows"`
}

// party is a pod by namespace and labels, of any address if it says none, or an address outside the cluster.
type party struct {
	Name      string            `json:"name"`
	Namespace string            `json:"namespace"`
	Labels    map[string]string `json:"labels"`
	Address   string            `json:"address"`
}

type flow struct {
	From     string      `json:"from"`
	To       string      `json:"to"`
	Port     int         `json:"port"`
	Protocol v1.Protocol `json:"protocol"`
}

type answer struct {
	Verdicts []verdict `json:"verdicts,omitempty"`
	Error    string    `json:"error,omitempty"`
}

// verdict is "denied" or "allowed".
type verdict struct {
	Connection string `json:"connection"`
}

func main() {
	cluster, err := newCluster()
	if err != nil {
		log.Fatal(err)
	}
	questions := bufio.NewReader(os.Stdin)
	answers := json.NewEncoder(os.Stdout)
	for {
		line, err := questions.ReadBytes('\n')
		if err != nil {
			return
		}
		if err := answers.Encode(answered(cluster, line)); err != nil {
			log.Fatal(err)
		}
	}
}

func answered(by *cluster, line []byte) answer {
	var asked question
	if err := json.Unmarshal(line, &asked); err != nil {
		return answer{Error: err.Error()}
	}
	verdicts, err := by.judge(asked)
	if err != nil {
		return answer{Error: err.Error()}
	}
	return answer{Verdicts: verdicts}
}
