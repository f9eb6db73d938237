"""In a voice's place, with nothing but Python: a tone for a text; "crash", "hang", "bad", "leave" do what they say."""

import base64
import json
import math
import os
import sys
import time

RATE = 24000


def answer(told: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def main() -> None:
    for line in sys.stdin:
        text = json.loads(line)["text"]
        if text == "crash":
            sys.stderr.write("model is broken\n")
            sys.stderr.flush()
            os._exit(3)
        if text == "hang":
            time.sleep(600)
        if text == "bad":
            answer({"problem": "ValueError: nothing to be spoken"})
            continue
        waves = (int(12000 * math.sin(2 * math.pi * 300 * at / RATE)) for at in range(RATE // 2))
        sound = b"".join(value.to_bytes(2, "little", signed=True) for value in waves)
        answer({"rate": RATE, "sound": base64.b64encode(sound).decode()})
        if text == "leave":
            return


main()
