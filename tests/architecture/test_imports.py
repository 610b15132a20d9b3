"""Who may import what: the linter's contracts, and what it cannot see."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import FACES, GROUND, ROOT, SRC, STAGES, Function, Source, all_sources, is_within

WEB = ("django.http", "django.shortcuts", "django.views", "rest_framework")
SIGNALS = ("django.dispatch", "django.db.models.signals", "django.core.signals", "django.test.signals")
SHAPELESS = {"utils", "util", "helpers", "helper", "common", "misc"}


def stages_know_no_web(source):
    if source.room in STAGES + GROUND:
        for node, name in source.imports():
            if any(is_within(name, module) for module in WEB):
                yield source.fault(node, f"a stage imports {name}: actions take people and things, never a request")


def only_documents_meet_the_library(source):
    if source.package == "openbadgekit" or source.room in ("badges", "cli") or source.name == "documents.py":
        return
    for node, name in source.imports():
        if is_within(name, "openbadgekit"):
            yield source.fault(node, f"imports {name}: only badges and files named documents.py meet the library")


def only_signing_opens_keys(source):
    if source.path == "laurels/badges/signing.py":
        return
    for node, name in source.imports():
        if is_within(name, "laurels.badges.keys"):
            yield source.fault(node, "imports badges.keys: only badges/signing.py opens private keys")


def awards_ask_governance_one_thing(source):
    if source.room == "awards":
        for node, name in source.imports():
            if is_within(name, "laurels.governance") and not is_within(name, "laurels.governance.authority"):
                yield source.fault(node, f"imports {name}: awards ask governance/authority.py and nothing else")


def signing_knows_no_database(source):
    if source.path in ("laurels/badges/signing.py", "laurels/badges/keys.py"):
        for node, name in source.imports():
            if is_within(name, "django.db") or name.split(".")[-2:-1] == ["models"] or name.endswith(".models"):
                yield source.fault(node, f"imports {name}: signing has no database and no transaction")


def no_signal_receivers(source):
    for node, name in source.imports():
        if any(is_within(name, module) for module in SIGNALS):
            yield source.fault(node, f"imports {name}: what follows from an act stands in the act")


def no_import_in_functions(source):
    for function in source.nodes(Function):
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield source.fault(node, f"{function.name}() imports inside itself")


def every_file_is_named_for_what_it_does(source):
    if SHAPELESS & {Path(part).stem for part in source.parts}:
        yield source.fault(source.tree, "has a name that says nothing")


def the_library_is_relative_to_itself(source):
    if source.package == "openbadgekit":
        for node, name in source.imports():
            if is_within(name, "laurels") or is_within(name, "django"):
                yield source.fault(node, f"the library imports {name}")


SAMPLES = [
    (stages_know_no_web, "laurels/people/actions.py", "from django.http import HttpRequest"),
    (stages_know_no_web, "laurels/badges/verification.py", "import django.shortcuts"),
    (stages_know_no_web, "laurels/jobs/outbox.py", "from django import views"),
    (only_documents_meet_the_library, "laurels/awards/actions.py", "from openbadgekit.model import Credential"),
    (only_documents_meet_the_library, "laurels/web/verify.py", "import openbadgekit"),
    (only_signing_opens_keys, "laurels/badges/actions.py", "from laurels.badges import keys"),
    (only_signing_opens_keys, "laurels/badges/handlers.py", "from .keys import unseal"),
    (awards_ask_governance_one_thing, "laurels/awards/actions.py", "from laurels.governance.models import Decision"),
    (awards_ask_governance_one_thing, "laurels/awards/actions.py", "from laurels.governance import workflow"),
    (signing_knows_no_database, "laurels/badges/signing.py", "from django.db import transaction"),
    (signing_knows_no_database, "laurels/badges/signing.py", "from laurels.badges.models import Badge"),
    (no_signal_receivers, "laurels/awards/apps.py", "from django.db.models.signals import post_save"),
    (no_signal_receivers, "laurels/awards/apps.py", "from django.dispatch import receiver"),
    (no_import_in_functions, "openbadgekit/keys.py", "def f():\n    if True:\n        import json"),
    (every_file_is_named_for_what_it_does, "laurels/people/utils.py", ""),
    (every_file_is_named_for_what_it_does, "openbadgekit/common/text.py", ""),
    (the_library_is_relative_to_itself, "openbadgekit/verify/checks.py", "from django.conf import settings"),
]
RULES = list(dict.fromkeys(rule for rule, _, _ in SAMPLES))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_rule_holds(rule):
    assert "\n".join(": ".join(fault) for source in all_sources() for fault in rule(source)) == ""


@pytest.mark.parametrize(("rule", "path", "text"), SAMPLES)
def test_the_rule_sees_a_bad_sample(rule, path, text):
    assert list(rule(Source(path, text)))


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        (stages_know_no_web, "laurels/web/public.py", "from django.http import HttpRequest"),
        (only_documents_meet_the_library, "laurels/awards/documents.py", "from openbadgekit.model import Credential"),
        (only_signing_opens_keys, "laurels/badges/signing.py", "from laurels.badges import keys"),
        (only_signing_opens_keys, "laurels/cli/main.py", "from laurels.cli import keys"),
        (
            awards_ask_governance_one_thing,
            "laurels/awards/actions.py",
            "from laurels.governance.authority import in_force",
        ),
    ],
)
def test_the_rule_lets_a_good_sample_pass(rule, path, text):
    assert list(rule(Source(path, text))) == []


def test_every_room_is_known_to_these_rules():
    rooms = {source.room for source in all_sources() if source.package == "laurels"} - {"", "config"}
    assert rooms == {*STAGES, *GROUND, *FACES}


def lint(source_folder):
    command = Path(sys.executable).with_name("lint-imports")
    if not command.exists():
        pytest.skip("lint-imports is not installed beside this Python (make dev installs it).")
    return subprocess.run(
        [command, "--no-cache", "--config", ROOT / "pyproject.toml"],
        cwd=source_folder,
        env={"PYTHONPATH": str(source_folder), "PYTHONUTF8": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
    )


def test_the_import_contracts_hold():
    done = lint(SRC)
    assert done.returncode == 0, done.stdout + done.stderr


def test_each_import_contract_can_break(tmp_path):
    copy = tmp_path / "src"
    shutil.copytree(SRC, copy, ignore=shutil.ignore_patterns("__pycache__", "static"))
    bad = {
        "laurels/people/rules.py": "import laurels.awards.models",
        "laurels/jobs/registry.py": "import laurels.people.models",
        "laurels/people/permissions.py": "import rest_framework",
        "laurels/web/site.py": "import laurels.badges.keys",
        "openbadgekit/strict.py": "import django.conf\nimport openbadgekit.canonical",
    }
    for path, lines in bad.items():
        with (copy / path).open("a") as file:
            file.write(f"\n{lines}\n")
    (copy / "laurels/attic.py").write_text('"""On no floor."""\n')
    done = lint(copy)
    assert done.returncode != 0
    assert "0 kept, 5 broken" in done.stdout, done.stdout + done.stderr
    for words in ("laurels.people is not allowed to import laurels.awards", "laurels.jobs is not allowed", "attic"):
        assert words in done.stdout
