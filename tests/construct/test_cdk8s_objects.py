"""What cdk8s and cdk8s-plus-28 have a type for is taken beside the text: the same manifests come of both."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import cdk8s_plus_28 as kplus
import jsii
import pytest
from cdk8s import Chart, Cron, Duration, IAnyProducer, Lazy, Size

from constructs_lib import (
    Alert,
    DragonflyBackup,
    DragonflyBucket,
    DragonflyCache,
    DragonflyCertificate,
    DragonflyMonitoring,
    DragonflyNetworkPolicy,
    DragonflyOperator,
    DragonflyRestoreDrill,
    DragonflySecrets,
    FluxKustomization,
    InvalidArguments,
    Issuer,
    Rule,
    SecretKey,
    SecretStore,
)
from tests.charts import new_chart, spec_of, synthesized


def of_texts(chart: Chart) -> None:
    """Every construct that takes a size, a time, a schedule, CPU or a Secret, by texts and numbers."""
    cache = DragonflyCache(
        chart,
        "cache",
        memory_limit="2Gi",
        memory_request="512Mi",
        maxmemory="1536mb",
        cpu_request="250m",
        cpu_limit=1.5,
        timeout=300,
        slowlog_log_slower_than=500,
        image_pull_secrets=["registry"],
        password_from_secret=SecretKey(name="vault", key="redis"),
        client_ca_cert_secret=SecretKey(name="ca", key="ca.crt"),
        tls_secret_ref="shown",
    )
    monitoring = DragonflyMonitoring(
        chart,
        "monitoring",
        cache=cache,
        interval="15s",
        scrape_timeout="5s",
        alerts={"DragonflyDown": Alert(for_="1m30s")},
        extra_rules=[Rule(expr="up", alert="Up", for_="5m", keep_firing_for="1h")],
    )
    DragonflySecrets(chart, "secrets", cache=cache, source="external-secrets", version="1",
                     secret_store=SecretStore(name="vault"), refresh_interval="10m")  # fmt: skip
    DragonflyCertificate(chart, "certificate", cache=cache, issuer=Issuer(name="ca"), secret_name="shown",
                         duration="4320h", renew_before="720h")  # fmt: skip
    backup = DragonflyBackup(chart, "backup", cache=cache, bucket="backups", schedule="0 0 * * *", retention="14d",
                             retention_schedule="0 0 * * 0", credentials_secret="s3")  # fmt: skip
    DragonflyBucket(chart, "bucket", backup=backup, admin_secret="admin", noncurrent_days=7)
    DragonflyRestoreDrill(chart, "drill", backup=backup, monitoring=monitoring, schedule="0 0 1 * *", storage="4Gi",
                          memory_limit="2Gi", deadline=1800, compare_with_live=False)  # fmt: skip
    DragonflyNetworkPolicy(chart, "policy", cache=cache, prometheus_namespace="monitoring", clients=["shop"])
    DragonflyOperator(chart, "operator", memory_limit="256Mi", cpu_limit=1, interval="2h", monitoring_interval="1m")
    FluxKustomization(chart, "kustomization", name="cache", path="./dist", interval="30m", retry_interval="1m30s",
                      timeout="5m", decryption_secret="sops-age")  # fmt: skip


def of_objects(chart: Chart) -> None:
    """The same by objects of cdk8s and cdk8s-plus-28."""

    def secret(name: str) -> kplus.ISecret:
        return kplus.Secret.from_secret_name(chart, f"secret-{name}", name)

    shown = secret("shown")

    cache = DragonflyCache(
        chart,
        "cache",
        memory_limit=Size.gibibytes(2),
        memory_request=Size.gibibytes(0.5),
        maxmemory=Size.gibibytes(1.5),
        cpu_request=kplus.Cpu.millis(250),
        cpu_limit=kplus.Cpu.units(1.5),
        timeout=Duration.minutes(5),
        slowlog_log_slower_than=Duration.millis(0.5),
        image_pull_secrets=[secret("registry")],
        password_from_secret=kplus.SecretValue(secret=secret("vault"), key="redis"),
        client_ca_cert_secret=secret("ca"),
        tls_secret_ref=shown,
    )
    monitoring = DragonflyMonitoring(
        chart,
        "monitoring",
        cache=cache,
        interval=Duration.seconds(15),
        scrape_timeout=Duration.millis(5000),
        alerts={"DragonflyDown": Alert(for_=Duration.seconds(90))},
        extra_rules=[Rule(expr="up", alert="Up", for_=Duration.minutes(5), keep_firing_for=Duration.hours(1))],
    )
    DragonflySecrets(chart, "secrets", cache=cache, source="external-secrets", version="1",
                     secret_store=SecretStore(name="vault"), refresh_interval=Duration.minutes(10))  # fmt: skip
    DragonflyCertificate(chart, "certificate", cache=cache, issuer=Issuer(name="ca"), secret_name=shown,
                         duration=Duration.days(180), renew_before=Duration.days(30))  # fmt: skip
    backup = DragonflyBackup(chart, "backup", cache=cache, bucket="backups", schedule=Cron.daily(),
                             retention=Duration.days(14), retention_schedule=Cron.weekly(),
                             credentials_secret=secret("s3"))  # fmt: skip
    DragonflyBucket(chart, "bucket", backup=backup, admin_secret=secret("admin"), noncurrent_days=Duration.days(7))
    DragonflyRestoreDrill(chart, "drill", backup=backup, monitoring=monitoring, schedule=Cron.monthly(),
                          storage=Size.gibibytes(4), memory_limit=Size.mebibytes(2048),
                          deadline=Duration.minutes(30), compare_with_live=False)  # fmt: skip
    shop = kplus.Namespaces.select(chart, "shop", names=["shop"])
    DragonflyNetworkPolicy(chart, "policy", cache=cache, prometheus_namespace="monitoring", clients=[shop])
    DragonflyOperator(chart, "operator", memory_limit=Size.mebibytes(256), cpu_limit=kplus.Cpu.units(1),
                      interval=Duration.hours(2), monitoring_interval=Duration.minutes(1))  # fmt: skip
    FluxKustomization(chart, "kustomization", name="cache", path="./dist", interval=Duration.minutes(30),
                      retry_interval=Duration.seconds(90), timeout=Duration.minutes(5),
                      decryption_secret=secret("sops-age"))  # fmt: skip


@jsii.implements(IAnyProducer)
class Producer:
    """Of a value that nobody knows before the synth."""

    def produce(self) -> str:
        return "2Gi"


def test_objects_and_texts_give_the_same_manifests() -> None:
    texts, objects = new_chart(), new_chart()
    of_texts(texts)
    of_objects(objects)
    assert synthesized(objects) == synthesized(texts)


@pytest.mark.parametrize(
    ("argument", "default"),
    [("password_from_secret", "password"), ("acl_from_secret", "acl.conf"), ("client_ca_cert_secret", "ca.crt")],
)
def test_a_secret_alone_stands_for_the_key_that_is_meant(chart: Chart, argument: str, default: str) -> None:
    secret = kplus.Secret(chart, "secret", metadata={"name": "given"})
    given: dict[str, Any] = {argument: secret}
    cache = DragonflyCache(chart, "cache", tls_secret_ref=secret, **given)
    assert getattr(cache.arguments, argument) == SecretKey(name="given", key=default)
    assert cache.tls_secret == "given"


def test_a_copy_of_the_secret_may_be_one_of_cdk8s_plus(cache: DragonflyCache) -> None:
    copy = kplus.Secret.from_secret_name(cache, "copy", "copy")
    assert cache.connection(secret=copy).password == SecretKey(name="copy", key="password")


@pytest.mark.parametrize(
    ("argument", "given", "message"),
    [
        ("memory_limit", Size.kibibytes(0.0001), "'0.0001Ki' is no memory size; accepted: a Kubernetes quantity"),
        ("memory_limit", Duration.hours(1), "a Duration is no memory size; accepted: a Kubernetes quantity"),
        ("memory_limit", Lazy.any(Producer()), "a Lazy is no memory size; accepted: a Kubernetes quantity"),
        ("maxmemory", Size.pebibyte(1), "'1Pi' is no memory size; accepted: a number and K, M, G or T"),
        ("maxmemory", Size.mebibytes(0), "0 is too little for 2 threads"),
        ("cpu_limit", kplus.Cpu.units(0.0001), "'0.0001' is no amount of CPU; accepted: cores or thousandths of one"),
        ("timeout", Duration.millis(1500), "1.5 seconds are not accepted; accepted: whole seconds"),
        ("timeout", Size.gibibytes(1), "a Size is not accepted; accepted: a whole number"),
        ("replicas", Duration.hours(1), "a Duration is not accepted; accepted: a whole number"),
        ("tls_secret_ref", Size.gibibytes(1), "a Size is not accepted; accepted: a text"),
        ("password_from_secret", "auth", "a text is not accepted; accepted: a SecretKey"),
    ],
)
def test_an_object_that_does_not_fit_is_told_as_a_text_would_be(
    chart: Chart, argument: str, given: object, message: str
) -> None:
    arguments: dict[str, Any] = {argument: given}
    with pytest.raises(InvalidArguments) as error:
        DragonflyCache(chart, "cache", **arguments)
    assert f"{argument}: {message}" in str(error.value)


def test_each_form_of_a_time_says_what_it_cannot_hold(chart: Chart, cache: DragonflyCache) -> None:
    with pytest.raises(InvalidArguments, match=r"duration: '4320h500ms' is no duration; accepted: hours, minutes and"):
        DragonflyCertificate(
            chart,
            "certificate",
            cache=cache,
            issuer=Issuer(name="ca"),
            duration=Duration.millis(15_552_000_500),
        )
    with pytest.raises(InvalidArguments, match=r"interval: 0\.5ms is no duration; accepted: whole milliseconds"):
        FluxKustomization(chart, "kustomization", name="cache", path="./dist", interval=Duration.millis(0.5))
    with pytest.raises(InvalidArguments, match="interval: 0s is too long for rules that look at 5 minutes"):
        DragonflyMonitoring(chart, "monitoring", cache=cache, interval=Duration.seconds(0))
    backup = DragonflyBackup(chart, "backup", cache=cache, bucket="backups")
    with pytest.raises(InvalidArguments, match=r"noncurrent_days: 1\.5 days are not accepted; accepted: whole days"):
        DragonflyBucket(chart, "bucket", backup=backup, admin_secret="admin", noncurrent_days=Duration.hours(36))


def test_a_schedule_that_the_server_reads_otherwise_is_refused(chart: Chart, cache: DragonflyCache) -> None:
    with pytest.raises(InvalidArguments, match=r"schedule: '7' in '\* \* \* \* 7' is no day of week"):
        DragonflyBackup(chart, "backup", cache=cache, bucket="backups", schedule=Cron.schedule(week_day="7"))


def test_a_share_follows_a_size(chart: Chart) -> None:
    DragonflyCache(chart, "cache", memory_limit=Size.gibibytes(4), maxmemory="75%")
    assert "--maxmemory=3gb" in spec_of(chart)["args"]


def test_a_cache_with_objects_of_cdk8s_does_not_load_cdk8s_plus() -> None:
    code = (
        "import sys; from cdk8s import App, Chart, Size, Duration; from constructs_lib import DragonflyCache\n"
        "cache = DragonflyCache(Chart(App(), 'c', namespace='n'), 'd', memory_limit=Size.gibibytes(2), "
        "timeout=Duration.minutes(1), password_from_secret={'name': 'a', 'key': 'b'})\n"
        "cache.allow_from('shop')\n"
        "print('cdk8s_plus_28' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
