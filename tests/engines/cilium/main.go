// Command cilium judges flows by Cilium's own policy engine: a question a line on standard input, an answer a line on
// standard output, both JSON.
//
// A question has the policies as they are applied, the parties and the flows between them. An answer has a verdict a
// flow, or the error with which Cilium refuses the policies.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log"
	"os"
)

type question struct {
	Policies []json.RawMessage `json:"policies"`
	Parties  []party           `json:"parties"`
	Flows    []flow            `json:"flows"`
	Requests [][2]string       `json:"requests"` // Method and path, each asked where the HTTP proxy takes a flow.
}

// party is a pod by namespace and labels, an address outside the cluster with the name that leads to it, or one of
// Cilium's entities.
type party struct {
	Name      string            `json:"name"`
	Namespace string            `json:"namespace"`
	Labels    map[string]string `json:"labels"`
	Address   string            `json:"address"`
	Host      string            `json:"host"`
	Entity    string            `json:"entity"`
}

type flow struct {
	From     string `json:"from"`
	To       string `json:"to"`
	Port     uint16 `json:"port"`
	Protocol string `json:"protocol"`
}

type answer struct {
	Verdicts []verdict `json:"verdicts,omitempty"`
	Error    string    `json:"error,omitempty"`
}

// verdict is "denied" or "allowed", or says which proxy takes the flow: "http" or "dns". Of those that the HTTP proxy
// is asked, Requests are the ones that it lets pass, by their place in the question's.
type verdict struct {
	Connection string `json:"connection"`
	Requests   []int  `json:"requests,omitempty"`
}

func main() {
	configure()
	questions := bufio.NewReader(os.Stdin)
	answers := json.NewEncoder(os.Stdout)
	for {
		line, err := questions.ReadBytes('\n')
		if err != nil {
			return
		}
		if err := answers.Encode(answered(line)); err != nil {
			log.Fatal(err)
		}
	}
}

func answered(line []byte) (given answer) {
	defer func() {
		if reason := recover(); reason != nil {
			given = answer{Error: fmt.Sprintf("panic: %v", reason)}
		}
	}()
	var asked question
	if err := json.Unmarshal(line, &asked); err != nil {
		return answer{Error: err.Error()}
	}
	verdicts, err := judge(asked)
	if err != nil {
		return answer{Error: err.Error()}
	}
	return answer{Verdicts: verdicts}
}
