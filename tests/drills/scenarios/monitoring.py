"""Prometheus refuses a broken rule file and a broken job, a rule fails, and Alertmanager refuses a configuration."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from drills import kubectl
from drills.prometheus import Job, Prometheus, alertmanager, reload_alertmanager, scraped
from drills.record import Record
from drills.stand import Stand, wait_until
from drills.walk import walk
from opsbook.nouns.runbook.model import Role

TITLE = "Prometheus and Alertmanager refuse their configuration"
PATH = "runbooks/prometheus-config-broken.md"
ALERTMANAGER_PATH = "runbooks/alertmanager-config-broken.md"
RULES_PATH = "runbooks/prometheus-rules-failing.md"
POD = "prometheus-kube-prometheus-stack-prometheus-0"
MEMBER = "alertmanager-kube-prometheus-stack-alertmanager-1"
RULE_FILE = "monitoring-shop-alerts-shop-5b0f6c2e-93a1-4f7d-8c06-2e1d7b9a4c35.yaml"
LOADED = 'prometheus_config_last_reload_successful{job="prometheus"}'


def play(root: Path, stand: Stand, record: Record) -> None:
    """Break and mend each in turn."""
    caller = f'#!/bin/sh\nexec {sys.executable} {kubectl.__file__} {stand.folder} "$@"\n'
    stand.program("kubectl", caller)
    rules = stand.folder / "rules"
    rules.mkdir()
    labels = {"namespace": "monitoring", "pod": POD, "container": "prometheus"}
    member = {"namespace": "monitoring", "pod": MEMBER, "container": "alertmanager"}
    jobs = [scraped("prometheus", "127.0.0.1:9090", **labels), scraped("alertmanager", "127.0.0.1:9093", **member)]
    file = stand.folder / "alertmanager.yml"
    file.write_text((root / "runbooks/rules/routing/alertmanager.yml").read_text("utf-8"), encoding="utf-8")
    alertmanager(stand, file)
    prometheus = Prometheus(stand, jobs, f"{rules}/*.yaml")
    prometheus.wait_for(LOADED)
    _break_job(root, stand, record, prometheus, jobs)
    _break_rules(root, stand, record, prometheus, rules / RULE_FILE)
    _fail_rule(root, stand, record, prometheus, rules / RULE_FILE)
    _break_routes(root, stand, record, prometheus, file)


def _break_job(root: Path, stand: Stand, record: Record, prometheus: Prometheus, jobs: list[Job]) -> None:
    page = walk(TITLE, PATH, root, stand, record, prometheus.samples)
    broken = {
        **scraped("serviceMonitor/monitoring/traefik/0", "127.0.0.1:1"),
        "relabel_configs": [{"action": "replace"}],
    }
    prometheus.configure([*jobs, broken])
    page.holds("why", "Prometheus refuses the job", prometheus.reload() == 500)
    page.run("why", branch="error of the configuration", printed="requires 'target_label' value")
    prometheus.wait_for(f"{LOADED} == 0")
    prometheus.configure(jobs)
    page.holds("deselect", "it loads what the operator writes without the object", prometheus.reload() == 200)
    prometheus.wait_for(f"{LOADED} == 1")
    page.run("deselect", Role.VERIFY)
    page.run("recovered")
    page.run("recovered", nth=1)


def _break_rules(root: Path, stand: Stand, record: Record, prometheus: Prometheus, file: Path) -> None:
    page = walk(TITLE, PATH, root, stand, record, prometheus.samples)
    file.write_text(
        json.dumps({"groups": [{"name": "a", "rules": [{"record": "a", "expr": "sum(("}]}]}), encoding="utf-8"
    )
    page.holds("why", "Prometheus refuses the rule file", prometheus.reload() == 500)
    page.run("why", branch="loading groups failed")
    prometheus.wait_for(f"{LOADED} == 0")
    file.unlink()
    page.holds("deselect", "it loads what is left without the rule", prometheus.reload() == 200)
    prometheus.wait_for(f"{LOADED} == 1")
    page.run("deselect", Role.VERIFY)
    page.finish()


def _fail_rule(root: Path, stand: Stand, record: Record, prometheus: Prometheus, file: Path) -> None:
    page = walk(TITLE, RULES_PATH, root, stand, record, prometheus.samples)
    doubled = 'prometheus_build_info * on (job) group_left {__name__=~"go_info|go_goroutines", job="prometheus"}'
    rule = {"alert": "HttpErrorsAfterDeployment", "expr": doubled}
    file.write_text(json.dumps({"groups": [{"name": "http-errors", "rules": [rule]}]}), encoding="utf-8")
    page.holds("groups", "the rule is loaded", prometheus.reload() == 200)
    prometheus.wait_for("increase(prometheus_rule_evaluation_failures_total[15m]) > 0")
    mounted = "/etc/prometheus/rules/prometheus-kube-prometheus-stack-prometheus-rulefiles-0"
    page.run("groups", names={mounted: str(file.parent)})
    page.run("groups", nth=1)
    page.run("error", branch="found duplicate series")
    file.unlink()
    page.holds("error", "it loads what is left without the rule", prometheus.reload() == 200)
    page.finish()


def _break_routes(root: Path, stand: Stand, record: Record, prometheus: Prometheus, file: Path) -> None:
    page = walk(TITLE, ALERTMANAGER_PATH, root, stand, record, prometheus.samples)
    page.set(POD=MEMBER)
    good = file.read_text("utf-8")
    file.write_text(good.replace("- receiver: pager-developers", "- receiver: pager-shop"), encoding="utf-8")
    page.holds("why", "Alertmanager refuses the route", reload_alertmanager() == 500)
    prometheus.wait_for("alertmanager_config_last_reload_successful == 0")
    page.run("members")
    page.run("members", nth=1)
    page.run("why", may_fail=True)
    file.write_text(good, encoding="utf-8")
    page.holds("roll-back", "it loads the configuration of before", reload_alertmanager() == 200)
    prometheus.wait_for("alertmanager_config_last_reload_successful == 1")
    page.run("roll-back", Role.VERIFY)
    page.run("resync", Role.VERIFY, 1)
    page.run("recovered")
    page.finish()
    wait_until("Alertmanager answers", lambda: reload_alertmanager() == 200)
