// The API server, unchanged: what a user's cluster answers with.
package main

import (
	"os"
	_ "time/tzdata" // CronJobs name time zones, and a machine may know none

	"k8s.io/component-base/cli"
	"k8s.io/kubernetes/cmd/kube-apiserver/app"
)

func main() {
	os.Exit(cli.Run(app.NewAPIServerCommand()))
}
