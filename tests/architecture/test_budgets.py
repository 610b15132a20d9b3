"""How long things may be: a file, a function, a view, a model."""

import ast

import pytest

from tests.architecture.sources import Function, Source, all_sources

FILE, FUNCTION, VIEW, MODEL = 400, 40, 20, 120


def length(node):
    return node.end_lineno - node.lineno + 1


def files_are_short(source):
    lines = len(source.text.splitlines())
    if lines > FILE:
        yield source.fault(source.tree, f"has {lines} lines; the budget is {FILE}")


def functions_are_short(source):
    for node in source.nodes(Function):
        if length(node) > FUNCTION:
            yield source.fault(node, f"{node.name}() has {length(node)} lines; the budget is {FUNCTION}")


def views_are_short(source):
    for node in source.nodes(Function) if source.room in ("web", "api") else ():
        if is_view(node) and length(node) > VIEW:
            yield source.fault(node, f"the view {node.name}() has {length(node)} lines; the budget is {VIEW}")


def is_view(node):
    first = next((argument for argument in node.args.args if argument.arg != "self"), None)
    return first is not None and first.arg == "request"


def models_are_short(source):
    for node in source.nodes(ast.ClassDef) if source.room and source.name == "models.py" else ():
        if length(node) > MODEL:
            yield source.fault(node, f"the model {node.name} has {length(node)} lines; the budget is {MODEL}")


def lines(count):
    return "    x = 1\n" * count


SAMPLES = [
    (files_are_short, "openbadgekit/keys.py", "x = 1\n" * (FILE + 1)),
    (functions_are_short, "openbadgekit/keys.py", "class A:\n  def f(self):\n" + lines(FUNCTION)),
    (views_are_short, "laurels/web/public.py", "def page(request):\n" + lines(VIEW)),
    (views_are_short, "laurels/api/documents.py", "def make():\n  def view(request, slug):\n" + lines(VIEW)),
    (models_are_short, "laurels/people/models.py", "class Unit:\n" + lines(MODEL)),
]
RULES = list(dict.fromkeys(rule for rule, _, _ in SAMPLES))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_budget_is_kept(rule):
    assert "\n".join(": ".join(fault) for source in all_sources() for fault in rule(source)) == ""


@pytest.mark.parametrize(("rule", "path", "text"), SAMPLES)
def test_the_rule_sees_a_bad_sample(rule, path, text):
    assert list(rule(Source(path, text)))


@pytest.mark.parametrize(("rule", "path", "text"), SAMPLES)
def test_one_line_less_is_within_the_budget(rule, path, text):
    assert list(rule(Source(path, text.rpartition("\n")[0].rpartition("\n")[0] + "\n"))) == []
