"""Every error of a cluster.yaml, by the step that finds it: the lines of the file, and the lines on stderr."""

from __future__ import annotations

from tests.operators import NEWEST

Errors = dict[str, tuple[list[str], list[str]]]

OF_THE_YAML: Errors = {
    "yaml_that_is_none": (
        [
            "dragonfly_name: [a",
        ],
        [
            "line 2: expected ',' or ']', but got '<stream end>'; accepted: YAML, with quotes around a text "
            "that holds special characters",
        ],
    ),
    "yaml_with_a_text_that_has_no_end": (
        [
            "dragonfly_enabled: true",
            'dragonfly_name: "a',
        ],
        [
            "line 3: found unexpected end of stream; accepted: YAML, with quotes around a text that holds "
            "special characters",
        ],
    ),
    "yaml_with_two_documents": (
        [
            "dragonfly_enabled: true",
            "---",
            "dragonfly_replicas: 1",
        ],
        [
            "line 2: expected a single document in the stream, but found another document; accepted: YAML, "
            "with quotes around a text that holds special characters",
        ],
    ),
    "a_duplicate_key": (
        [
            "dragonfly_replicas: 1",
            "other: 1",
            "dragonfly_replicas: 3",
            "other: 2",
        ],
        [
            "dragonfly_replicas: stands twice, in lines 1 and 3; accepted: once",
            "other: stands twice, in lines 2 and 4; accepted: once",
        ],
    ),
    "a_duplicate_key_further_in": (
        [
            "dragonfly_labels:",
            "  a: b",
            "  a: c",
        ],
        [
            "dragonfly_labels.a: stands twice, in lines 2 and 3; accepted: once",
        ],
    ),
    "a_list": (
        [
            "- dragonfly_replicas: 1",
        ],
        [
            "holds a list, not a mapping; accepted: lines of 'key: value'",
        ],
    ),
    "a_text": (
        [
            "dragonfly",
        ],
        [
            "holds a text, not a mapping; accepted: lines of 'key: value'",
        ],
    ),
    "nothing": (
        [
            "# dragonfly_replicas: 1",
        ],
        [
            "holds nothing, not a mapping; accepted: lines of 'key: value'",
        ],
    ),
}

OF_KEYS: Errors = {
    "an_unknown_variable": (
        [
            "dragonfly_replica: 3",
        ],
        [
            "dragonfly_replica: no variable of that name; did you mean 'dragonfly_replicas'?",
        ],
    ),
    "an_unknown_variable_with_no_near_one": (
        [
            "dragonfly_xyzzy: 3",
        ],
        [
            "dragonfly_xyzzy: no variable of that name; docs/cluster-yaml.md lists them all",
        ],
    ),
    "a_switch_with_the_wrong_prefix": (
        [
            "dragonfly_network_policies_mode: audit",
        ],
        [
            "dragonfly_network_policies_mode: no variable of that name; did you mean 'network_policies_mode'?",
        ],
    ),
    "no_replica": (
        [
            "dragonfly_replicas: 0",
        ],
        [
            "dragonfly_replicas: 0 is not accepted; accepted: a whole number from 1 to 10",
        ],
    ),
    "too_many_replicas_and_threads": (
        [
            "dragonfly_replicas: 11",
            "dragonfly_threads: 17",
            "dragonfly_maxmemory: 8gb",
            "dragonfly_memory_limit: 16Gi",
            "dragonfly_slowlog_max_len: 1001",
        ],
        [
            "dragonfly_replicas: 11 is not accepted; accepted: a whole number from 1 to 10",
            "dragonfly_threads: 17 is not accepted; accepted: a whole number from 1 to 16",
            "dragonfly_slowlog_max_len: 1001 is not accepted; accepted: a whole number from 0 to 1000",
        ],
    ),
}

OF_PARTS: Errors = {
    "a_yaml_true_for_a_number": (
        [
            "dragonfly_replicas: true",
            "dragonfly_threads: yes",
        ],
        [
            "dragonfly_replicas: true is not accepted; accepted: a whole number",
            "dragonfly_threads: 'yes' is not accepted; accepted: a whole number",
        ],
    ),
    "a_text_for_a_number": (
        [
            'dragonfly_replicas: "3"',
        ],
        [
            "dragonfly_replicas: '3' is not accepted; accepted: a whole number",
        ],
    ),
    "a_fraction_for_a_whole_number": (
        [
            "dragonfly_replicas: 2.5",
        ],
        [
            "dragonfly_replicas: 2.5 is not accepted; accepted: a whole number",
        ],
    ),
    "a_number_for_a_switch": (
        [
            "dragonfly_enabled: 1",
            "dragonfly_cache_mode: 1",
        ],
        [
            "dragonfly_enabled: 1 is not accepted; accepted: true or false",
            "dragonfly_cache_mode: 1 is not accepted; accepted: true or false",
        ],
    ),
    "a_number_for_a_text": (
        [
            "dragonfly_name: 5",
            "dragonfly_version: 1.36",
        ],
        [
            "dragonfly_name: 5 is not accepted; accepted: a text (in YAML: in quotes)",
            "dragonfly_version: 1.36 is no version; accepted: one exact version, such as v1.36.0 (quoted in "
            "YAML; no range, no 'latest')",
        ],
    ),
    "a_text_for_a_list": (
        [
            "dragonfly_client_namespaces: web",
            "dragonfly_tolerations: all",
        ],
        [
            "dragonfly_client_namespaces: a text is not accepted; accepted: a list",
            "dragonfly_tolerations: a text is not accepted; accepted: a list",
        ],
    ),
    "a_list_for_a_mapping": (
        [
            "dragonfly_node_selector: [disk]",
            "dragonfly_flags: [hz]",
        ],
        [
            "dragonfly_node_selector: a list is not accepted; accepted: a mapping",
            "dragonfly_flags: not a mapping of names; accepted: names of flags (without --) and their values",
        ],
    ),
    "a_date_for_a_text": (
        [
            "dragonfly_namespace: 2026-01-02",
        ],
        [
            "dragonfly_namespace: 2026-01-02 is not accepted; accepted: a text (in YAML: in quotes)",
        ],
    ),
    "a_size_of_the_servers": (
        [
            "dragonfly_maxmemory: 512 mb",
        ],
        [
            "dragonfly_maxmemory: '512 mb' is no memory size; accepted: a number and K, M, G or T (powers of "
            "1024), such as 512mb or 2Gi, without a space, or a whole share of the memory limit, from 1% to 100%",
        ],
    ),
    "a_yaml_true_for_a_size": (
        [
            "dragonfly_maxmemory: true",
        ],
        [
            "dragonfly_maxmemory: true is no memory size; accepted: a number and K, M, G or T (powers of "
            "1024), such as 512mb or 2Gi, without a space, or a whole share of the memory limit, from 1% to 100%",
        ],
    ),
    "a_size_of_kubernetes": (
        [
            "dragonfly_memory_limit: 1gb",
            "dragonfly_memory_request: lots",
        ],
        [
            "dragonfly_memory_limit: '1gb' is no memory size; accepted: a Kubernetes quantity of whole bytes, "
            "such as 256Mi, 1Gi or 500M",
            "dragonfly_memory_request: 'lots' is no memory size; accepted: a Kubernetes quantity of whole "
            "bytes, such as 256Mi, 1Gi or 500M",
        ],
    ),
    "cpu": (
        [
            "dragonfly_cpu_request: 0.0001",
            "dragonfly_cpu_limit: much",
        ],
        [
            "dragonfly_cpu_request: 0.0001 is no amount of CPU; accepted: cores or thousandths of one, such as "
            "500m, 0.5 or 2, not finer than 1m",
            "dragonfly_cpu_limit: 'much' is no amount of CPU; accepted: cores or thousandths of one, such as "
            "500m, 0.5 or 2, not finer than 1m",
        ],
    ),
    "cron": (
        [
            "dragonfly_backup_enabled: true",
            "rustfs_enabled: true",
            'dragonfly_snapshot_cron: "61 * * * *"',
        ],
        [
            "dragonfly_snapshot_cron: '61' in '61 * * * *' is no minute that the server reads as written; "
            "accepted: *, numbers 0 to 59, a-b with a <= b, and /1 to /59",
        ],
    ),
    "cron_with_six_fields": (
        [
            "dragonfly_backup_enabled: true",
            "rustfs_enabled: true",
            'dragonfly_snapshot_cron: "0 0 */6 * * *"',
        ],
        [
            "dragonfly_snapshot_cron: '0 0 */6 * * *' has 6 fields, not five; accepted: five fields (minute "
            "hour day month weekday) of *, numbers, names, lists, ranges and /steps, such as '0 */6 * * *'; "
            "Sunday is 0",
        ],
    ),
    "a_version_that_is_none": (
        [
            "dragonfly_version: latest",
            "dragonfly_operator_version: '>=1.3.1'",
        ],
        [
            "dragonfly_version: 'latest' is no version; accepted: one exact version, such as v1.36.0 (quoted "
            "in YAML; no range, no 'latest')",
            "dragonfly_operator_version: '>=1.3.1' is no version; accepted: one exact version, such as v1.36.0 "
            "(quoted in YAML; no range, no 'latest')",
        ],
    ),
    "an_operator_that_makes_nothing": (
        [
            "dragonfly_operator_version: v1.6.0",
        ],
        [
            "dragonfly_operator_version: v1.6.0 does not work: its chart lacks a right that the operator "
            f"needs, so that it makes nothing; use {NEWEST}",
        ],
    ),
    "an_operator_that_is_too_old": (
        [
            "dragonfly_operator_version: v1.2.0",
        ],
        [
            f"dragonfly_operator_version: v1.2.0 is not supported; accepted: v1.3.1 to {NEWEST}",
        ],
    ),
    "a_field_that_the_operator_lacks": (
        [
            "dragonfly_replicas: 2",
            "dragonfly_pdb_max_unavailable: 1",
        ],
        [
            "dragonfly_pdb_max_unavailable: operator v1.3.1 has no field pdb; it comes with v1.5.0: use that "
            "version or leave it out",
        ],
    ),
    "a_name_that_ends_the_servers": (
        [
            "dragonfly_name: dfly-cache",
        ],
        [
            "dragonfly_name: 'dfly-cache' begins with 'dfly', whose Service variables (DFLY_…) make every "
            "server of the namespace exit at start; accepted: any other beginning",
        ],
    ),
    "a_service_that_ends_the_servers": (
        [
            "dragonfly_service_name: dfly",
        ],
        [
            "dragonfly_service_name: 'dfly' begins with 'dfly', whose Service variables (DFLY_…) make every "
            "server of the namespace exit at start; accepted: any other beginning",
        ],
    ),
    "names": (
        [
            "dragonfly_name: Cache",
            "dragonfly_namespace: my_cache",
            "dragonfly_auth_secret: Auth",
        ],
        [
            "dragonfly_name: 'Cache' is not a valid name; accepted: lower-case letters, digits and '-', "
            "beginning with a letter, at most 52 characters (the StatefulSet's pods carry it in a label)",
            "dragonfly_namespace: 'my_cache' is not a valid name; accepted: a DNS-1123 label: lower-case "
            "letters, digits and '-', at most 63 characters",
            "dragonfly_auth_secret: 'Auth' is no name of an object; accepted: a DNS-1123 subdomain: lower-case "
            "letters, digits, '-' and '.'",
        ],
    ),
    "memory_below_the_threads_need": (
        [
            "dragonfly_maxmemory: 512mb",
            "dragonfly_threads: 3",
        ],
        [
            "dragonfly_maxmemory: 512mb is too little for 3 threads, and the server exits at start; accepted: "
            "at least 768mb, 256mb a thread",
        ],
    ),
    "memory_above_the_limit": (
        [
            "dragonfly_maxmemory: 2gb",
        ],
        [
            "dragonfly_maxmemory: 2gb is more than the memory limit of 1Gi, so the container is killed before "
            "it is full; accepted: at most 819mb, or a higher `dragonfly_memory_limit`",
        ],
    ),
    "requests_above_the_limits": (
        [
            "dragonfly_memory_request: 2Gi",
            "dragonfly_cpu_request: 2",
            "dragonfly_cpu_limit: 1",
        ],
        [
            "dragonfly_memory_request: 2Gi is more than the memory limit of 1Gi; accepted: at most that",
            "dragonfly_cpu_request: 2 is more than the CPU limit of 1; accepted: at most that",
        ],
    ),
    "two_volumes": (
        [
            "dragonfly_operator_version: v1.6.1",
            "dragonfly_snapshot_volume_size: 10Gi",
            "dragonfly_snapshot_existing_claim: claim",
        ],
        [
            "dragonfly_snapshot_existing_claim: given beside `dragonfly_snapshot_volume_size`: the snapshots "
            "go to one place, and the operator makes no pod for two; leave one out",
        ],
    ),
    "two_bounds_of_a_disruption_budget": (
        [
            "dragonfly_operator_version: v1.6.1",
            "dragonfly_replicas: 3",
            "dragonfly_pdb_min_available: 1",
            "dragonfly_pdb_max_unavailable: 1",
        ],
        [
            "dragonfly_pdb_min_available: given beside `dragonfly_pdb_max_unavailable`, and the API server "
            "refuses both; leave one out",
        ],
    ),
    "the_operators_own_flags": (
        [
            "dragonfly_flags:",
            "  dir: /data",
            '  snapshot_cron: "0 * * * *"',
            "  aclfile: /acl",
            "  admin_port: 1",
            "  tls: true",
        ],
        [
            "dragonfly_flags.dir: not yours to set: use `dragonfly_backup_enabled`: the operator sets the flag "
            "from snapshot.dir, after yours",
            "dragonfly_flags.snapshot_cron: not yours to set: use `dragonfly_backup_enabled`: the operator "
            "sets the flag from snapshot.cron, after yours",
            "dragonfly_flags.aclfile: not yours to set: give `dragonfly_acl_enabled`: the operator mounts the "
            "file and sets the flag",
            "dragonfly_flags.admin_port: not yours to set: the operator sets 9999 and talks to it; leave it out",
            "dragonfly_flags.tls: not yours to set: give `dragonfly_tls_secret`: the operator sets the flag",
        ],
    ),
    "a_flag_with_a_variable_of_its_own": (
        [
            "dragonfly_flags: {maxclients: 5, dbnum: 3}",
        ],
        [
            "dragonfly_flags.maxclients: has a place of its own; give `dragonfly_maxclients` instead",
            "dragonfly_flags.dbnum: has a place of its own; give `dragonfly_dbnum` instead",
        ],
    ),
    "flags_that_the_server_lacks": (
        [
            "dragonfly_flags: {cache_mod: true, get_zero_copy: true, hz: often, dbfilename: dump}",
        ],
        [
            "dragonfly_flags.cache_mod: no flag of the server; did you mean 'cache_mode'?",
            "dragonfly_flags.get_zero_copy: server v1.36.0 lacks the flag; v1.40.1 is the first version known "
            "to have it: use that or leave it out",
            "dragonfly_flags.hz: 'often' is not accepted; accepted: a whole number from -2147483648 to 2147483647",
            "dragonfly_flags.dbfilename: 'dump' has no placeholder, so that every snapshot overwrites the one "
            "before; accepted: a name with {timestamp}, {Y}, {m}, {d}, such as 'dump-{timestamp}'",
        ],
    ),
    "the_operators_own_labels": (
        [
            "dragonfly_labels: {app: a, app.kubernetes.io/name: b}",
        ],
        [
            "dragonfly_labels.app: label 'app' is the operator's own, and setting it blocks every later change "
            "to the instance; accepted: any other key",
            "dragonfly_labels.app.kubernetes.io/name: label 'app.kubernetes.io/name' is the operator's own, "
            "and setting it blocks every later change to the instance; accepted: any other key",
        ],
    ),
    "an_endpoint_with_a_scheme": (
        [
            "dragonfly_backup_enabled: true",
            "dragonfly_s3_endpoint: http://rustfs:9000",
        ],
        [
            "dragonfly_s3_endpoint: 'http://rustfs:9000' is no S3 endpoint; accepted: HOST or HOST:PORT "
            "without http:// (whether it is https is a setting of its own)",
        ],
    ),
    "tls_without_a_password_or_a_ca": (
        [
            "dragonfly_tls_secret: tls",
            "dragonfly_authentication: false",
        ],
        [
            "dragonfly_tls_secret: TLS without a password or a client CA: the server exits at start; give "
            "`dragonfly_tls_client_ca_secret`, or leave `dragonfly_authentication` on",
        ],
    ),
    "a_ca_without_tls": (
        [
            "dragonfly_tls_client_ca_secret: {name: ca, key: ca.crt}",
        ],
        [
            "dragonfly_tls_client_ca_secret: without `dragonfly_tls_secret` no client speaks TLS; give that as well",
        ],
    ),
    "a_misspelt_field_of_core_v1": (
        [
            "dragonfly_affinity: {nodeAfinity: {}}",
            "dragonfly_tolerations: [{kee: a}]",
            "dragonfly_env: [{nme: a}]",
        ],
        [
            "dragonfly_affinity.nodeAfinity: no field of Affinity; did you mean 'nodeAffinity'?",
            "dragonfly_tolerations[0].kee: no field of Toleration; did you mean 'key'?",
            "dragonfly_env[0].nme: no field of EnvVar; did you mean 'name'?",
            "dragonfly_env[0]: EnvVar has no name; it is required",
        ],
    ),
    "a_profile_that_is_broken": (
        [
            "dragonfly_profile: queue",
            "dragonfly_cache_mode: true",
        ],
        [
            "dragonfly_cache_mode: true under profile 'queue': cache mode evicts entries of the queue under "
            "memory pressure, so jobs vanish; leave it out, or use profile 'cache'",
        ],
    ),
    "a_policy_mode_that_is_none": (
        [
            "network_policies_mode: drop",
        ],
        [
            "network_policies_mode: 'drop' is not accepted; accepted: 'audit' or 'enforce'",
        ],
    ),
    "flux": (
        [
            "dragonfly_flux_interval: 1 hour",
            "dragonfly_flux_depends_on: [{nam: a}]",
            "dragonfly_flux_source_ref: {kind: Git}",
        ],
        [
            "dragonfly_flux_interval: '1 hour' is no duration; accepted: numbers with ms, s, m or h, such as "
            "30s, 10m or 1h30m",
            "dragonfly_flux_depends_on[0].name: missing; it has no default",
            "dragonfly_flux_depends_on[0].nam: no such field; did you mean 'name'?",
            "dragonfly_flux_source_ref.kind: 'Git' is not accepted; accepted: 'GitRepository', 'OCIRepository' "
            "or 'Bucket'",
        ],
    ),
    "a_port_of_the_servers": (
        [
            "dragonfly_memcached_port: 6379",
            "dragonfly_service_node_port: 30000",
        ],
        [
            "dragonfly_memcached_port: 6379 is the server's already; accepted: another, such as 11211",
            "dragonfly_service_node_port: given beside `dragonfly_service_type` 'ClusterIP'; accepted: with "
            "NodePort or LoadBalancer",
        ],
    ),
    "an_image_that_changes": (
        [
            "dragonfly_image: registry.example.com/dragonfly:latest",
        ],
        [
            "dragonfly_image: 'registry.example.com/dragonfly:latest' changes under a running cache; accepted: "
            "the tag of one version",
        ],
    ),
}

ACROSS_PARTS: Errors = {
    "a_name_that_is_a_folder_of_the_output": (
        [
            "dragonfly_name: flux",
        ],
        [
            "dragonfly_name: 'flux' is a folder of the output already; accepted: another name",
        ],
    ),
    "the_operators_namespace": (
        [
            "dragonfly_namespace: dragonfly-operator-system",
        ],
        [
            "dragonfly_namespace: the operator's own, whose Pod Security level `restricted` the cache's pods "
            "do not pass by themselves; accepted: another",
        ],
    ),
    "cron_without_a_place": (
        [
            'dragonfly_snapshot_cron: "0 * * * *"',
        ],
        [
            "dragonfly_snapshot_cron: a schedule without a place, for which the operator makes no pod; set "
            "`dragonfly_backup_enabled`, or give `dragonfly_snapshot_volume_size`, or leave it out",
        ],
    ),
    "a_volume_beside_s3": (
        [
            "dragonfly_backup_enabled: true",
            "rustfs_enabled: true",
            "dragonfly_snapshot_volume_size: 10Gi",
        ],
        [
            "dragonfly_snapshot_volume_size: given beside `dragonfly_backup_enabled`: snapshots go to S3 or to "
            "a volume, and the operator makes no pod for both; leave one out",
        ],
    ),
    "an_existing_claim_beside_s3": (
        [
            "dragonfly_backup_enabled: true",
            "rustfs_enabled: true",
            "dragonfly_snapshot_existing_claim: claim",
        ],
        [
            "dragonfly_snapshot_existing_claim: given beside `dragonfly_backup_enabled`: snapshots go to S3 or "
            "to a volume, and the operator makes no pod for both; leave one out",
        ],
    ),
    "a_claim_for_several_pods": (
        [
            "dragonfly_replicas: 3",
            "dragonfly_snapshot_existing_claim: claim",
        ],
        [
            "dragonfly_snapshot_existing_claim: operator v1.3.1 has no field "
            "snapshot.existingPersistentVolumeClaimName; it comes with v1.4.0: use that version or leave it "
            "out",
            "dragonfly_snapshot_existing_claim: the 3 pods of 'dragonfly' would write the same names to one "
            "volume; accepted: `dragonfly_snapshot_volume_size` for a volume each, `dragonfly_s3_bucket`, or "
            "one replica",
        ],
    ),
    "a_drill_without_snapshots": (
        [
            'dragonfly_restore_drill_schedule: "30 5 * * 1"',
        ],
        [
            "dragonfly_restore_drill_schedule: given without snapshots to try; set `dragonfly_backup_enabled` as "
            "well, or give `dragonfly_snapshot_volume_size`, or leave it out",
        ],
    ),
    "a_storage_class_without_a_volume": (
        [
            "dragonfly_snapshot_storage_class: fast",
        ],
        [
            "dragonfly_snapshot_storage_class: means nothing without `dragonfly_snapshot_volume_size`; give "
            "that as well, or leave it out",
        ],
    ),
    "backup_without_its_store": (
        [
            "dragonfly_backup_enabled: true",
        ],
        [
            "dragonfly_backup_enabled: true while `rustfs_enabled` is false: the backup would have no store; "
            "set both, or give another `dragonfly_s3_endpoint`",
        ],
    ),
    "monitoring_without_monitoring": (
        [
            "dragonfly_monitoring_enabled: true",
        ],
        [
            "dragonfly_monitoring_enabled: true while `monitoring_enabled` is false: nothing would scrape the "
            "cache; set both, or neither",
        ],
    ),
    "a_flag_of_the_backups": (
        [
            "dragonfly_backup_enabled: true",
            "rustfs_enabled: true",
            "dragonfly_flags: {s3_endpoint: a}",
        ],
        [
            "dragonfly_flags.s3_endpoint: the backup sets the flag as well; give it there alone",
        ],
    ),
}

ERRORS: Errors = {**OF_THE_YAML, **OF_KEYS, **OF_PARTS, **ACROSS_PARTS}
