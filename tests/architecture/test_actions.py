"""Every write goes through a verb, and every verb has the same shape."""

import ast
import re

import pytest

from tests.architecture.sources import ROOT, Function, Source, all_sources

# Querysets and models take keywords here; dict.update, hash.update and file.save take something by position.
BY_KEYWORD = {"save", "create", "update", "delete", "acreate", "aupdate", "asave", "adelete"}
ALWAYS = re.compile(r"a?(bulk_(create|update)|(get|update)_or_create)|cursor|raw|execute")
WRITERS = {"laurels/governance/workflow.py", "laurels/audit/record.py", "laurels/jobs/outbox.py"}
SENTENCE_END = re.compile(r"[.!?…](?=\s|$)")
LOOPS = (ast.For, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def calls(node, name):
    """The calls of a plain name, `name(…)`, below a node."""
    found = (child for child in ast.walk(node) if isinstance(child, ast.Call))
    return [call for call in found if isinstance(call.func, ast.Name) and call.func.id == name]


def writes_stand_in_actions(source):
    may_write = source.room and (source.parts[2] in ("actions.py", "actions") or source.path in WRITERS)
    if source.package != "laurels" or may_write:
        return
    for call in source.nodes(ast.Call):
        if not isinstance(call.func, ast.Attribute):
            continue
        name = call.func.attr
        if ALWAYS.fullmatch(name) or (name in BY_KEYWORD and not call.args):
            yield source.fault(call, f".{name}() outside an action: every write goes through a verb")


def no_model_overrides_save_or_delete(source):
    if source.room and (source.name == "models.py" or "models" in source.parts):
        for node in source.nodes(Function):
            if node.name in ("save", "delete", "asave", "adelete"):
                yield source.fault(node, f"a model overrides {node.name}()")


def a_verb_takes_its_actor_by_keyword(source):
    for verb in source.verbs() if source.is_actions else ():
        names = [argument.arg for argument in verb.args.kwonlyargs]
        if "by" not in names or verb.args.kw_defaults[names.index("by")] is not None:
            yield source.fault(verb, f"{verb.name}() must take its actor as keyword-only `by`, without a default")


def a_verb_says_in_one_sentence_what_it_does(source):
    for verb in source.verbs() if source.is_actions else ():
        first = (ast.get_docstring(verb) or "").partition("\n")[0]
        if len(SENTENCE_END.findall(first)) != 1 or not first.endswith("."):
            yield source.fault(verb, f"{verb.name}() must open with one sentence on one line")


def a_verb_opens_a_transaction(source):
    for verb in source.verbs() if source.is_actions else ():
        withs = (node.items for node in ast.walk(verb) if isinstance(node, ast.With))
        opened = [*verb.decorator_list, *(item.context_expr for items in withs for item in items)]
        if not any(ast.unparse(expression).startswith("transaction.atomic") for expression in opened):
            yield source.fault(verb, f"{verb.name}() must open a transaction")


def a_verb_never_sees_a_request(source):
    for verb in source.verbs() if source.is_actions else ():
        arguments = (*verb.args.posonlyargs, *verb.args.args, *verb.args.kwonlyargs)
        if any(argument.arg in ("request", "response") for argument in arguments):
            yield source.fault(verb, f"{verb.name}() takes a request")


def a_verb_writes_one_audit_entry(source):
    """One `record(…)` in the verb and the private functions that it calls, in no loop; or another verb does it all."""
    if not source.is_actions:
        return
    functions = {node.name: node for node in source.tree.body if isinstance(node, Function)}
    for verb in source.verbs():
        reached = _reached(verb, functions)
        entries = [call for function in reached for call in calls(function, "record")]
        delegates = any(calls(verb, name) for name in functions if not name.startswith("_"))
        if len(entries) != 1 and not (delegates and not entries):
            yield source.fault(verb, f"{verb.name}() writes {len(entries)} audit entries and not one")
        for function in reached:
            for loop in (node for node in ast.walk(function) if isinstance(node, LOOPS)):
                if calls(loop, "record"):
                    yield source.fault(loop, f"{verb.name}() writes audit entries in a loop")


def _reached(verb, functions):
    """The verb and the private functions of its file that it calls, directly or not."""
    reached, open_ = [], [verb]
    while open_:
        function = open_.pop()
        if function not in reached:
            reached.append(function)
            open_ += [other for name, other in functions.items() if name.startswith("_") and calls(function, name)]
    return reached


def a_verb_has_a_test_file(source):
    for verb in source.verbs() if source.is_actions else ():
        file = ROOT / "tests" / "laurels" / source.room / f"test_{verb.name}.py"
        if not file.exists() or "def test_" not in file.read_text(encoding="utf-8"):
            yield source.fault(verb, f"{verb.name}() has no tests in {file.relative_to(ROOT)}")


def only_the_clock_says_what_time_it_is(source):
    if source.package != "laurels" or source.path == "laurels/clock.py":
        return
    for node, name in source.imports():
        if name == "django.utils.timezone":
            yield source.fault(node, "asks Django's clock: laurels.clock is the one clock")
    for call in source.nodes(ast.Call):
        if ast.unparse(call.func) in ("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"):
            yield source.fault(call, f"asks {ast.unparse(call.func)}(): laurels.clock is the one clock")


def verb(head="*, by", body='"""Do it."""\n    record(by, "done", by)', decorator="@transaction.atomic\n"):
    return f"{decorator}def do_it({head}):\n    {body}\n"


ACTIONS = "laurels/people/actions.py"
SAMPLES = [
    (writes_stand_in_actions, "laurels/web/unit.py", "Unit.objects.create(name='x')"),
    (writes_stand_in_actions, "laurels/web/unit.py", "unit.save()"),
    (writes_stand_in_actions, "laurels/people/system.py", "User.objects.filter(pk=1).update(name='x')"),
    (writes_stand_in_actions, "laurels/people/system.py", "unit.delete()"),
    (writes_stand_in_actions, "laurels/awards/roster.py", "Award.objects.bulk_create(rows)"),
    (writes_stand_in_actions, "laurels/awards/roster.py", "Award.objects.get_or_create(pk=1)"),
    (writes_stand_in_actions, "laurels/cli/check.py", "connection.cursor().execute('DELETE FROM x')"),
    (no_model_overrides_save_or_delete, "laurels/people/models.py", "class A:\n    def save(self): ..."),
    (a_verb_takes_its_actor_by_keyword, ACTIONS, verb("by")),
    (a_verb_takes_its_actor_by_keyword, ACTIONS, verb("*, by=None")),
    (a_verb_takes_its_actor_by_keyword, "laurels/people/actions/units.py", verb("unit")),
    (a_verb_says_in_one_sentence_what_it_does, ACTIONS, verb(body="pass")),
    (a_verb_says_in_one_sentence_what_it_does, ACTIONS, verb(body='"""Do this. Do that."""')),
    (a_verb_says_in_one_sentence_what_it_does, ACTIONS, verb(body='"""No end"""')),
    (a_verb_opens_a_transaction, ACTIONS, verb(decorator="")),
    (a_verb_opens_a_transaction, ACTIONS, verb(decorator="@cache\n")),
    (a_verb_never_sees_a_request, ACTIONS, verb("request, *, by")),
    (a_verb_writes_one_audit_entry, ACTIONS, verb(body='"""Do it."""')),
    (a_verb_writes_one_audit_entry, ACTIONS, verb(body="record(1)\n    record(2)")),
    (a_verb_writes_one_audit_entry, ACTIONS, verb(body="for x in y:\n        record(x)")),
    (a_verb_writes_one_audit_entry, ACTIONS, verb(body="record(1)\n    _more()") + "def _more():\n    record(2)\n"),
    (a_verb_has_a_test_file, ACTIONS, verb()),
    (only_the_clock_says_what_time_it_is, "laurels/people/rules.py", "from django.utils import timezone"),
    (only_the_clock_says_what_time_it_is, "laurels/people/rules.py", "at = datetime.now(UTC)"),
]
RULES = list(dict.fromkeys(rule for rule, _, _ in SAMPLES))
GOOD = [
    (writes_stand_in_actions, "laurels/web/unit.py", "values.update({'a': 1})\ndigest.update(data)\nimage.save(path)"),
    (writes_stand_in_actions, ACTIONS, "Unit.objects.create(name='x')"),
    (a_verb_takes_its_actor_by_keyword, ACTIONS, verb() + "def _private(): ...\n"),
    (
        a_verb_says_in_one_sentence_what_it_does,
        ACTIONS,
        verb(body='"""Do 2.0 and 3.0, as asked.\n\n    More. Words.\n    """'),
    ),
    (a_verb_opens_a_transaction, ACTIONS, verb(decorator="", body="with transaction.atomic():\n        pass")),
    (a_verb_writes_one_audit_entry, ACTIONS, verb(body="_more()") + "def _more():\n    record(1)\n"),
    (a_verb_writes_one_audit_entry, ACTIONS, verb() + "@transaction.atomic\ndef other(*, by):\n    do_it(by=by)\n"),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_rule_holds(rule):
    assert "\n".join(": ".join(fault) for source in all_sources() for fault in rule(source)) == ""


@pytest.mark.parametrize(("rule", "path", "text"), SAMPLES)
def test_the_rule_sees_a_bad_sample(rule, path, text):
    assert list(rule(Source(path, text)))


@pytest.mark.parametrize(("rule", "path", "text"), GOOD)
def test_the_rule_lets_a_good_sample_pass(rule, path, text):
    assert list(rule(Source(path, text))) == []


def test_there_are_verbs_to_judge():
    rooms = {source.room for source in all_sources() if source.is_actions and list(source.verbs())}
    assert rooms == {"people", "catalogue", "governance", "badges", "awards", "training"}
