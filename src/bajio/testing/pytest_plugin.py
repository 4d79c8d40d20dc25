"""pytest plugin: `pytest --bajio` runs every law on all that installed plugins provide.

One test for each law and subject: `bajio::land-per-person::division`.
pytest loads this module in every project, so it imports nothing of bajio until it is asked to.
"""

import warnings
from typing import TYPE_CHECKING, Any, Literal

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bajio.registry import Registry
    from bajio.testing.kit import Subject, Trial

_Style = Literal["long", "short", "line", "no", "native", "value", "auto"]
_INI = "bajio_expected_failures"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--bajio`, `--bajio-plugin` and the setting of expected failures."""
    group = parser.getgroup("bajio")
    group.addoption("--bajio", action="store_true", help="Run the laws on bajio's plugins.")
    group.addoption(
        "--bajio-plugin",
        action="append",
        default=[],
        metavar="NAME|FILE.py",
        help="Run them on this plugin only, or on a plain Python file; can be repeated.",
    )
    parser.addini(
        _INI,
        type="linelist",
        default=[],
        help="Laws that are known to be broken, a line each: CODE::LAW: reason.",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Add a test for each law and subject."""
    if config.getoption("bajio") or config.getoption("bajio_plugin"):
        laws = list(_Laws.from_parent(session, name="bajio", nodeid="bajio").collect())
        report = pytest.CollectReport("bajio", "passed", None, list(laws))
        config.hook.pytest_collectreport(report=report)
        items.extend(laws)


class _Laws(pytest.Collector):
    """All that the plugins provide."""

    def collect(self) -> "Iterator[_LawItem]":
        try:
            from bajio.testing.kit import trials
        except ImportError:
            need = "bajio's laws need Hypothesis: pip install 'bajio[testing]'"
            raise pytest.UsageError(need) from None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is set aside becomes a test that fails
            registry, subjects = _load(self.config.getoption("bajio_plugin"))
        expected = _expected(self.config)
        for plugin, plugin_subjects in sorted(subjects.items()):
            for failure in registry.failures:
                if failure.plugin == plugin and not failure.used:
                    reason = f"{failure.reason}; {failure.cure}"
                    name = f"{plugin}::{failure.hook or 'loads'}"
                    yield _LawItem.from_parent(self, name=name, problem=reason)
            for subject in plugin_subjects:
                for trial in trials(subject, registry):
                    yield self._item(trial, expected)

    def _item(self, trial: "Trial", expected: dict[str, str]) -> "_LawItem":
        name = f"{trial.subject}::{trial.law.code}"
        item: _LawItem = _LawItem.from_parent(self, name=name, trial=trial)
        if name in expected:
            item.add_marker(pytest.mark.xfail(reason=expected[name], strict=True))
        return item


def _load(asked: list[str]) -> "tuple[Registry, dict[str, tuple[Subject, ...]]]":
    """A registry, and by plugin what it provides, for the plugins that are asked for."""
    from bajio.errors import BajioError
    from bajio.registry import Registry
    from bajio.testing.kit import subjects

    try:
        registry = Registry.load(*(name for name in asked if name.endswith(".py")))
    except BajioError as error:
        raise pytest.UsageError(str(error)) from None
    subjects_found = dict(subjects(registry))
    names = {plugin.plugin.place: plugin.plugin.name for plugin in registry.plugins}
    chosen = {names.get(name, name) for name in asked} or set(subjects_found)
    for name in sorted(chosen - set(subjects_found)):
        raise pytest.UsageError(
            f"bajio knows no plugin {name!r}: there is {', '.join(subjects_found) or 'none'}"
        )
    if not subjects_found:
        raise pytest.UsageError(
            "bajio has no plugin to check: install yours, as with `pip install -e .`, "
            "or name its file, as --bajio-plugin mine.py; BAJIO_PLUGINS must not leave it out"
        )
    return registry, {name: subjects_found[name] for name in chosen}


def _expected(config: pytest.Config) -> dict[str, str]:
    result: dict[str, str] = {}
    for line in config.getini(_INI):
        name, separator, reason = line.partition(": ")
        if "::" not in name or not separator or not reason.strip():
            raise pytest.UsageError(f"{_INI} has {line!r}: write CODE::LAW: reason")
        result[name.strip()] = reason.strip()
    return result


class _LawItem(pytest.Item):
    """One law for one subject."""

    def __init__(self, *, trial: "Trial | None" = None, problem: str = "", **value: Any) -> None:
        super().__init__(**value)
        self.trial = trial
        self.problem = problem

    def runtest(self) -> None:
        from bajio.testing.kit import NotConforming, TrialState

        if self.trial is None:
            raise _SetAside(self.problem)
        finding = self.trial.run()
        if finding.state is TrialState.UNTESTED:
            pytest.skip("no generated example has a value")
        if finding.state is TrialState.BROKEN:
            raise NotConforming((finding,))

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: _Style | None = None
    ) -> Any:
        """What is told: the law and the counterexample, without a traceback."""
        if isinstance(excinfo.value, AssertionError):
            return str(excinfo.value).lstrip("\n")
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[str, None, str]:
        return "bajio", None, self.name


class _SetAside(AssertionError):
    """Something of a plugin could not be loaded."""
