"""docs/plugins/ is complete: every hook, constructor, trait and law, in the words of the code."""

import inspect
import re
from pathlib import Path

import pytest

from bajio import hookspecs, rules, testing
from bajio.rules import Trait
from bajio.testing.kit import DATASET_LAWS, INDICATOR_LAWS, REGION_LAWS

ROOT = Path(__file__).parent.parent
DOCUMENTS = ROOT / "docs" / "plugins"
HOOKS = [name for name in dir(hookspecs) if name.startswith("bajio_")]
LAWS = {"Indicators": INDICATOR_LAWS, "Datasets": DATASET_LAWS, "Regions": REGION_LAWS}
#: Of numbers and arithmetic are rules that Python's operators make.
CONSTRUCTORS = [*sorted(rules.CONSTRUCTORS.keys() - {"Arithmetic", "Number"}), "Custom"]


def text(name):
    return (DOCUMENTS / name).read_text(encoding="utf-8")


def examples(name):
    return "\n".join(re.findall(r"```python\n(.*?)```", text(name), re.DOTALL))


def section(law):
    return (
        f"### `{law.code}`\n\n**{law.sentence}**\n\n"
        f"- Where it is broken: {law.seen}\n- How to mend it: {law.cure}\n"
    )


@pytest.mark.parametrize("hook", HOOKS)
def test_every_hook_has_signature_meaning_and_example(hook):
    function = getattr(hookspecs, hook)
    returned = inspect.signature(function).return_annotation
    [own] = [part for part in text("hooks.md").split("\n## ") if part.startswith(f"`{hook}`")]

    assert f"```text\n{hook}() -> {returned}\n```" in own
    assert inspect.getdoc(function) in own
    assert f"@bajio.hookimpl\ndef {hook}():" in own
    assert f"registry_with({hook})" in own


def test_no_hook_is_told_of_that_there_is_not():
    assert set(re.findall(r"bajio_\w+(?=\()", text("hooks.md"))) == set(HOOKS)


@pytest.mark.parametrize("name", CONSTRUCTORS)
def test_every_constructor_has_an_example(name):
    told = examples("rules.md")
    assert f"{name}(" in told or f"({name}):" in told
    assert f"`{name}`" in text("rules.md") or name == "Custom"


@pytest.mark.parametrize("trait", list(Trait))
def test_every_trait_is_told(trait):
    assert f"| `{trait}` |" in text("rules.md")


def test_the_laws_are_told_in_the_words_of_the_code():
    told = text("laws.md")
    for subject, laws in LAWS.items():
        own = told.partition(f"\n## {subject}\n")[2].partition("\n## ")[0]
        sections = own[own.index("### ") :].strip()
        assert sections == "\n".join(section(law) for law in laws).strip(), subject


def test_the_first_plugin_is_the_file_that_is_run():
    plugin = (ROOT / "examples" / "plain-plugin" / "land_per_person.py").read_text(encoding="utf-8")
    assert f"```python\n{plugin}```" in text("tutorial.md")


def test_what_the_template_writes_is_told():
    from bajio.cli.scaffold import FILES

    for place in FILES.values():
        assert place.replace("$module", "bajio_rain") in text("tutorial.md")


def test_lists_of_public_names_are_where_the_promise_says():
    for module in re.findall(r"`(bajio[\w.]*)\.__all__`", text("stability.md")):
        assert inspect.importlib.import_module(module).__all__
    assert testing.__all__
