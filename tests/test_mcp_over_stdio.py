"""The tools as a client has them: a process of its own, spoken to by the library `mcp`."""

import os
import sys

import pytest

import bajio

pytestmark = pytest.mark.slow

NOISY = """
import os
import bajio
from bajio import Indicator, Sum

print("a plugin says hello")

@bajio.hookimpl
def bajio_indicators():
    print("and again")
    os.write(1, b"and past Python\\n")
    return [Indicator("people", rule=Sum("population"), unit="person", label="People")]
"""


def spoken(script, *options, words=()):
    """What a script has of a client that speaks to the command."""
    anyio = pytest.importorskip("anyio", reason="the extra mcp is not installed")
    mcp = pytest.importorskip("mcp", reason="the extra mcp is not installed")
    from mcp.client.stdio import StdioServerParameters, stdio_client

    command = ["-m", "bajio", *words, "serve-mcp", *options]
    started = StdioServerParameters(command=sys.executable, args=command, env=dict(os.environ))

    async def run():
        async with mcp.Client(stdio_client(started)) as client:
            return await script(client)

    with anyio.from_thread.start_blocking_portal() as portal:
        return portal.call(run)


def test_a_client_asks_and_has_the_librarys_numbers():
    async def script(client):
        listed = await client.list_tools()
        answers = [
            await client.call_tool("profile", {"region": "bajio", "year": 2018}),
            await client.call_tool("rank", {"region": "bajio", "indicator": "gdp", "year": 2018}),
            await client.call_tool("search", {"maximum": "gdp", "size": "2", "year": 2018}),
            await client.call_tool("audit", {"claims": "san-miguel", "language": "es"}),
            await client.call_tool("list_regions", {}),
        ]
        return listed.tools, answers

    tools, answers = spoken(script)
    assert {"profile", "rank", "explain", "audit", "search", "list_regions"} <= {
        one.name for one in tools
    }
    assert all(one.input_schema["type"] == one.output_schema["type"] == "object" for one in tools)
    assert not any(one.is_error for one in answers)
    profile, rank, *_ = (one.structured_content for one in answers)
    found = bajio.profile("bajio", year=2018)
    assert {one["indicator"]: one["value"] for one in profile["results"]} == {
        one.indicator.code: one.value for one in found.results
    }
    assert rank["rank"]["position"] == found["gdp"].rank.position
    assert "desmentid" in answers[3].content[0].text


def test_errors_carry_bajios_own_message_and_the_server_goes_on():
    async def script(client):
        refused = await client.call_tool("profile", {"region": "bahio"})
        spanish = await client.call_tool(
            "profile", {"region": "bajio", "year": 2030, "indicators": ["gdp"], "language": "es"}
        )
        after = await client.call_tool("list_regions", {"match": "bajio"})
        return refused, spanish, after

    refused, spanish, after = spoken(script)
    assert refused.is_error
    assert refused.content[0].text == "unknown region 'bahio': did you mean 'bajio'?"
    assert spanish.is_error
    assert "2024" in spanish.content[0].text
    assert not after.is_error


def test_what_is_no_language_is_refused_in_the_usual_one():
    async def script(client):
        asked = [{"language": None, "match": "bajio"}, {"language": "xx"}]
        return [await client.call_tool("list_regions", one) for one in asked]

    none, other = spoken(script, "--lang", "es")
    assert "Alianza del Bajío" in none.content[0].text
    assert "no se conoce como idioma" in other.content[0].text


def test_what_plugins_print_is_no_part_of_what_is_spoken(tmp_path):
    (tmp_path / "noisy.py").write_text(NOISY)

    async def script(client):
        return await client.call_tool(
            "profile", {"region": "bajio", "indicators": ["people"], "year": 2018}
        )

    found = spoken(script, words=("--plugin", str(tmp_path / "noisy.py")))
    assert found.structured_content["results"][0]["value"] == 12706038


def test_data_of_ones_own_is_asked_about():
    async def script(client):
        return await client.call_tool("profile", {"region": "great-lakes", "year": 2018})

    found = spoken(script, "--data", "examples/packs/united-states")
    assert found.structured_content["region"]["code"] == "great-lakes"
