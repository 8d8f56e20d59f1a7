"""A relay: ports of 127.0.0.1, each of which leads to one server, as the relay pod of the runbooks has them."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while part := await reader.read(65536):
            writer.write(part)
            await writer.drain()
    with contextlib.suppress(OSError):
        writer.close()


async def _serve(port: int, host: str, target: int) -> None:
    async def joined(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection(host, target)
        except OSError:
            writer.close()
            return
        await asyncio.gather(_carry(reader, far_writer), _carry(far_reader, writer))

    server = await asyncio.start_server(joined, "127.0.0.1", port)
    await server.serve_forever()


async def _main(ways: dict[str, tuple[str, int]]) -> None:
    await asyncio.gather(*(_serve(int(port), host, target) for port, (host, target) in ways.items()))


if __name__ == "__main__":
    asyncio.run(_main(json.loads(sys.argv[1])))
