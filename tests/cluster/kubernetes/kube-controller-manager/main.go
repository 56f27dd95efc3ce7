// The controllers that make pods of Jobs and clear away what belongs to nothing.
package main

import (
	"os"
	_ "time/tzdata" // CronJobs name time zones, and a machine may know none

	"k8s.io/component-base/cli"
	"k8s.io/kubernetes/cmd/kube-controller-manager/app"
)

func main() {
	os.Exit(cli.Run(app.NewControllerManagerCommand()))
}
