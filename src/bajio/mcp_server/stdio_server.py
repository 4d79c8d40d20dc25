"""Serves the tools over stdio, by the library `mcp`, which enters here alone."""

from typing import Any

import anyio
import mcp_types as types
from anyio import CapacityLimiter, to_thread
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server

from bajio.errors import BajioError, as_line
from bajio.mcp_server.answer_tools import INSTRUCTIONS, AnswerTool, answer_tools, answered
from bajio.registry import Registry
from bajio.version import __version__
from bajio.words.messages import message_text
from bajio.words.phrasebook import languages


def serve(registry: Registry, language: str) -> None:
    """Answer on stdin and stdout until stdin ends.

    Args:
        registry: what is known.
        language: of what tools say of themselves, and of answers where no other is asked for.
    """
    anyio.run(_serve, registry, language)


async def _serve(registry: Registry, language: str) -> None:
    server = _server(registry, language)
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())


def _server(registry: Registry, language: str) -> "Server[Any]":
    """A server of the tools, which are asked one by one."""
    alone = CapacityLimiter(1)

    async def list_tools(
        _context: ServerRequestContext[Any], _params: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return types.ListToolsResult(
            tools=[_tool(tool, language) for tool in answer_tools().values()]
        )

    async def call_tool(
        _context: ServerRequestContext[Any], params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        given = params.arguments or {}
        asked = given if given.get("language") is not None else {**given, "language": language}
        call = (params.name, asked, registry, language)
        return await to_thread.run_sync(_called, *call, limiter=alone)

    return Server(
        "bajio",
        version=__version__,
        title="bajio: what if this region were a country?",
        instructions=message_text(INSTRUCTIONS, language),
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _tool(tool: AnswerTool, language: str) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=message_text(tool.title, language),
        description=message_text(tool.told, language),
        input_schema=tool.input_schema(language),
        output_schema=dict(tool.output),
        annotations=types.ToolAnnotations(
            read_only_hint=True, idempotent_hint=True, open_world_hint=False
        ),
    )


def _called(
    name: str, arguments: dict[str, Any], registry: Registry, usual: str
) -> types.CallToolResult:
    """What a tool answers, or bajio's own message why it does not.

    Args:
        name: of the tool.
        arguments: that it is given, the language among them.
        registry: what is known.
        usual: the language of the message where the one that is asked for is none.
    """
    try:
        answer = answered(name, arguments, registry)
    except BajioError as error:
        language = arguments["language"]
        return _refused(
            message_text(as_line(error), language if language in languages() else usual)
        )
    except Exception as error:  # noqa: BLE001  # the client is told, and the server goes on
        return _refused(f"this should not have happened: {as_line(error)}; please report")
    text = types.TextContent(text=answer.text)
    return types.CallToolResult(content=[text], structured_content=answer.data)


def _refused(message: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(text=message)], is_error=True)
