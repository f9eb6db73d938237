"""SIPp phones from short scripts: each step is a line a person can read, turned into SIPp's XML here, once.

Steps of a calling phone: call · until told · wait S · press D · tone HZ S · play PCAP · hang up · expect hangup
Steps of a called phone:  ring S · ring S or cancel · ring until cancel · answer · answer ulaw (that codec
alone) · busy · reject 603 Decline · moved NUMBER · wait S · press D · tone HZ S · play PCAP · hold · unhold ·
refer EXT · attend EXT (consults EXT, then joins the two) · hang up · expect hangup
`tone` and `play` sound in the background; the next step follows at once.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from tests.support.tones import CODECS, key_pcap, sequence_pcap

SDP = """v=0
o=phone 53655765 2353687637 IN IP[local_ip_type] [local_ip]
s=-
c=IN IP[media_ip_type] [media_ip]
t=0 0
m=audio [media_port] RTP/AVP {payload} 101
a=rtpmap:{payload} {codec}/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-15
a={direction}"""

#: What an SDP calls them.
CODEC_NAMES = {"alaw": "PCMA", "ulaw": "PCMU"}

#: More than a tone of a case has.
TONE_PACKETS = 4000
#: Seconds after which a caller who presses a key in the menu stands at `until told`.
UNTIL_TOLD = 2.0

#: The address that a calling phone dials.
CALLED = "sip:[service]@[remote_ip]:[remote_port]"
#: UPDATE: by which Asterisk asks whether the session lasts (RFC 4028); SIPp answers it by itself.
ALLOW = "Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, REFER, NOTIFY, UPDATE"
VIA = "Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]"


def message(start: str, *headers: str, body: str = "") -> str:
    """A SIP message in a SIPp send element's CDATA."""
    content = ["Content-Type: application/sdp", "Content-Length: [len]"] if body else ["Content-Length: 0"]
    lines = "\n".join([start, *headers, *content, "", body])
    return f"<![CDATA[\n{lines}\n]]>"


def send(text: str, retrans: bool = True) -> str:
    return f"<send{' retrans=' + quoteattr('500') if retrans else ''}>{text}</send>"


def reply(status: str, tag: str = "", body: str = "", retrans: bool = False) -> str:
    contact = ["Contact: <sip:[local_ip]:[local_port];transport=[transport]>", ALLOW] if body or tag else []
    return send(
        message(
            f"SIP/2.0 {status}",
            "[last_Via:]",
            "[last_From:]",
            f"[last_To:]{tag}",
            "[last_Call-ID:]",
            "[last_CSeq:]",
            *contact,
            body=body,
        ),
        retrans,
    )


@dataclass
class Script:
    """Builds one scenario. `outgoing`: we called, so From is ours from the first message on."""

    folder: Path
    outgoing: bool
    caller: str = ""
    caller_name: str = ""
    headers: Sequence[str] = ()
    credentials: tuple[str, str] | None = None
    pbx: str = ""
    parts: list[str] = field(default_factory=list)
    cseq: int = 1
    presses: int = 0
    tones: int = 0
    codec: str = "alaw"
    tag: str = ";tag=u[pid]T[call_number]"
    variables: set[str] = field(default_factory=set)
    shared: set[str] = field(default_factory=set)

    def step(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        method = {"hang": self.hang_up, "ring": self.ring, "expect": self.expect}.get(word) or getattr(self, word)
        method(rest)

    # ---- dialog headers
    def dialog(self) -> list[str]:
        if self.outgoing:
            ours, theirs = f"From: {self.identity()};tag=c[pid]T[call_number]", f"To: <{CALLED}>[peer_tag_param]"
        else:
            ours, theirs = f"From: [$mine]{self.tag}", "To: [$theirs]"
        return [
            VIA,
            ours,
            theirs,
            "Call-ID: [call_id]",
            "Max-Forwards: 70",
            "Contact: <sip:[local_ip]:[local_port];transport=[transport]>",
        ]

    def offer(self, direction: str = "sendrecv") -> str:
        return SDP.format(direction=direction, payload=CODECS[self.codec][0], codec=CODEC_NAMES[self.codec])

    def identity(self) -> str:
        name = f'"{self.caller_name}" ' if self.caller_name else ""
        return f"{escape_cdata(name)}<sip:{self.caller}@[local_ip]:[local_port]>"

    def request(self, method: str, *headers: str, body: str = "") -> str:
        if method != "ACK":
            self.cseq += 1
        numbered = f"CSeq: {self.cseq} {method}"
        return message(f"{method} [next_url] SIP/2.0", *self.dialog(), "[routes]", numbered, *headers, body=body)

    # ---- steps of a calling phone
    def call(self, _rest: str) -> None:
        first = [
            VIA,
            f"From: {self.identity()};tag=c[pid]T[call_number]",
            f"To: <{CALLED}>",
            "Call-ID: [call_id]",
            "Max-Forwards: 70",
            "Contact: <sip:[local_ip]:[local_port]>",
            ALLOW,
            *self.headers,
        ]
        invite = f"INVITE {CALLED} SIP/2.0"
        body = self.offer()
        self.parts.append(send(message(invite, *first, f"CSeq: {self.cseq} INVITE", body=body)))
        if self.credentials:
            self.parts.append('<recv response="100" optional="true"/><recv response="401" auth="true"/>')
            tagged = [f"{line}[peer_tag_param]" if line.startswith("To:") else line for line in first[:5]]
            self.parts.append(send(message(f"ACK {CALLED} SIP/2.0", *tagged, f"CSeq: {self.cseq} ACK"), False))
            self.cseq += 1
            user, password = self.credentials
            auth = f"[authentication username={user} password={password}]"
            self.parts.append(send(message(invite, *first, auth, f"CSeq: {self.cseq} INVITE", body=body)))
        self.parts += [f'<recv response="{code}" optional="true"/>' for code in (100, 180, 183)]
        self.parts.append('<recv response="200" rrs="true"/>')
        self.parts.append(send(self.request("ACK"), False))

    # ---- steps of a called phone
    def incoming(self, more: str = "") -> None:
        self.variables |= {"mine", "theirs", "cseq", "uri"}
        self.parts.append(
            '<recv request="OPTIONS" optional="true" next="options"/>'
            '<recv request="BYE" optional="true" next="late"/>'
            '<recv request="INVITE" rrs="true"><action>'
            '<ereg regexp="[^ ].*" search_in="hdr" header="To:" assign_to="mine"/>'
            '<ereg regexp="[^ ].*" search_in="hdr" header="From:" assign_to="theirs"/>'
            '<ereg regexp="[0-9]+" search_in="hdr" header="CSeq:" assign_to="cseq"/>'
            f'<ereg regexp="^INVITE sip:[^@]*" search_in="msg" assign_to="uri"/>{more}'
            "</action></recv>"
        )

    def ring(self, rest: str) -> None:
        self.parts.append(reply("180 Ringing", self.tag))
        if rest == "until cancel":
            self.parts.append('<recv request="CANCEL"/>')
            self.cancelled()
        elif rest.endswith(" or cancel"):
            self.ring_or_cancel(float(rest.split()[0]))
        else:
            self.wait(rest)

    def cancelled(self) -> None:
        self.parts.append(reply("200 OK"))
        self.parts.append(
            send(
                message(
                    "SIP/2.0 487 Request Terminated",
                    "[last_Via:]",
                    "[last_From:]",
                    f"[last_To:]{self.tag}",
                    "[last_Call-ID:]",
                    "CSeq: [$cseq] INVITE",
                )
            )
        )
        self.parts.append('<recv request="ACK"/>')

    def ring_or_cancel(self, seconds: float) -> None:
        """Goes on after so long; whoever is cancelled before is done."""
        on = f"on{len(self.parts)}"
        self.parts.append(f'<recv request="CANCEL" timeout="{round(seconds * 1000)}" ontimeout="{on}"/>')
        self.cancelled()
        self.parts.append(f'<nop next="end"/><label id="{on}"/>')

    def answer(self, codec: str) -> None:
        """With that codec alone, A-law if none is named."""
        self.codec = codec or "alaw"
        self.parts.append(reply("200 OK", self.tag, self.offer(), retrans=True))
        self.parts.append('<recv request="ACK"/>')

    def busy(self, _rest: str) -> None:
        self.parts.append(reply("486 Busy Here", self.tag, retrans=True))
        self.parts.append('<recv request="ACK"/>')

    def reject(self, status: str) -> None:
        """As a carrier does: 603 Decline."""
        self.parts.append(reply(status, self.tag, retrans=True))
        self.parts.append('<recv request="ACK"/>')

    def moved(self, target: str) -> None:
        """The phone is set to forward everything."""
        self.parts.append(
            send(
                message(
                    "SIP/2.0 302 Moved Temporarily",
                    "[last_Via:]",
                    "[last_From:]",
                    f"[last_To:]{self.tag}",
                    "[last_Call-ID:]",
                    "[last_CSeq:]",
                    f"Contact: <sip:{target}@{self.pbx}>",
                ),
                retrans=True,
            )
        )
        self.parts.append('<recv request="ACK"/>')

    def reinvite(self, direction: str) -> None:
        self.parts.append(send(self.request("INVITE", body=self.offer(direction))))
        self.parts.append('<recv response="100" optional="true"/><recv response="200"/>')
        self.parts.append(send(self.request("ACK"), False))

    def hold(self, _rest: str) -> None:
        self.reinvite("sendonly")

    def unhold(self, _rest: str) -> None:
        self.reinvite("sendrecv")

    def refer(self, extension: str) -> None:
        """A desk phone's transfer key (RFC 3515): told by two NOTIFYs that it is tried and done, the phone hangs up."""
        self.transfer_to(f"<sip:{extension}@{self.pbx}>")
        for _ in range(2):
            self.parts.append('<recv request="NOTIFY"/>')
            self.parts.append(reply("200 OK"))
        self.parts.append(send(self.request("BYE")))
        self.parts.append('<recv request="NOTIFY" optional="true"/>')
        self.parts.append('<recv response="200"/>')

    def attend(self, rest: str) -> None:
        """Consult a colleague for some seconds on a second dialog, then join the two (REFER with Replaces, RFC
        3891)."""
        extension, seconds = rest.split()
        self.variables |= {"whole", "totag"}
        target, ours = f"sip:{extension}@{self.pbx}", "tag=k[pid]T[call_number]"
        user, password = self.credentials or ("", "")
        head = [
            VIA,
            f"From: <sip:{user}@{self.pbx}>;{ours}",
            f"To: <{target}>",
            "Call-ID: consult///[call_id]",
            "Max-Forwards: 70",
            f"Contact: <sip:{user}@[local_ip]:[local_port]>",
        ]
        invite, body = f"INVITE {target} SIP/2.0", self.offer()
        answered = [f"To: <{target}>[peer_tag_param]" if line.startswith("To:") else line for line in head]
        self.parts.append(send(message(invite, *head, "CSeq: 1 INVITE", body=body)))
        self.parts.append('<recv response="100" optional="true"/><recv response="401" auth="true"/>')
        self.parts.append(send(message(f"ACK {target} SIP/2.0", *answered, "CSeq: 1 ACK"), False))
        auth = f"[authentication username={user} password={password}]"
        self.parts.append(send(message(invite, *head, auth, "CSeq: 2 INVITE", body=body)))
        self.parts += [f'<recv response="{code}" optional="true"/>' for code in (100, 180, 183)]
        self.parts.append(
            '<recv response="200"><action><ereg regexp="tag=([^;]*)" search_in="hdr" header="To:" '
            'assign_to="whole,totag"/></action></recv>'
        )
        joined = [f"To: <{target}>;tag=[$totag]" if line.startswith("To:") else line for line in head]
        self.parts.append(send(message(f"ACK {target} SIP/2.0", *joined, "CSeq: 2 ACK"), False))
        self.wait(seconds)
        replaces = "consult%2F%2F%2F[call_id]%3Bto-tag%3D[$totag]%3Bfrom-tag%3Dk[pid]T[call_number]"
        self.transfer_to(f"<{target}?Replaces={replaces}>")
        self.told()
        self.parts.append(send(self.request("BYE")))
        # What was answered late is told again (RFC 3261, 17.1.2.2).
        self.parts += [f'<recv request="{again}" optional="true"/>' for again in ("NOTIFY", "BYE")]
        self.parts.append('<recv response="200"/>')

    def transfer_to(self, target: str) -> None:
        self.parts.append(send(self.request("REFER", f"Refer-To: {target}", f"Referred-By: <sip:phone@{self.pbx}>")))
        self.parts.append('<recv response="202"/>')

    def told(self) -> None:
        """NOTIFYs on the transfer until one says how it ended, and Asterisk's BYE of the consultation, whichever comes
        first: two threads of Asterisk send them. No nop stands in between: a message that met one would be refused."""
        self.variables |= {"final"}
        name = f"told{len(self.parts)}"
        final = '<action><ereg regexp="SIP/2.0 [2-6].*" search_in="body" assign_to="final"/></action></recv>'
        notify = f'<recv request="NOTIFY" optional="true" next="{name}notify">{final}'
        bye = f'<recv request="BYE" next="{name}bye"/>'

        def answered(next_: str) -> str:
            return reply("200 OK").replace("<send>", f"<send {next_}>")

        self.parts += [
            notify,
            bye,
            f'<label id="{name}notify"/>',
            answered(f'next="{name}last" test="final"'),
            notify,
            bye,
            f'<label id="{name}last"/><recv request="BYE"/>',
            answered(f'next="{name}over"'),
            f'<label id="{name}bye"/>',
            reply("200 OK"),
            f'<recv request="NOTIFY">{final}',
            answered(f'next="{name}over" test="final"'),
            f'<recv request="NOTIFY">{final}',
            reply("200 OK"),
            f'<label id="{name}over"/>',
        ]

    # ---- steps of both
    def wait(self, seconds: str) -> None:
        self.parts.append(f'<pause milliseconds="{round(float(seconds) * 1000)}"/>')

    def press(self, digit: str) -> None:
        self.presses += 1
        self.play(str(key_pcap(self.folder / f"key-{ord(digit)}-{self.presses}.pcap", digit, self.presses)))
        self.wait("0.5")

    def tone(self, rest: str) -> None:
        hertz, seconds = rest.split()
        # A later tone of one phone goes on where the one before may have got to.
        later, self.tones = self.tones * TONE_PACKETS, self.tones + 1
        file = self.folder / f"tone-{hertz}-{seconds}-{later}-{self.codec}.pcap"
        if not file.exists():
            sequence_pcap(file, [(float(hertz), float(seconds))], later, self.codec)
        self.play(str(file))

    def play(self, pcap: str) -> None:
        self.parts.append(f"<nop><action><exec play_pcap_audio={quoteattr(pcap)}/></action></nop>")

    def until(self, _told: str) -> None:
        """Wait for `Phone.tell`."""
        self.parts.append('<recv request="INFO"/>')
        self.parts.append(reply("200 OK"))

    def hang_up(self, _rest: str) -> None:
        self.parts.append(send(self.request("BYE")))
        self.parts.append('<recv response="200"/>')

    def expect(self, _rest: str) -> None:
        self.parts.append('<recv request="BYE"/>')
        self.parts.append(reply("200 OK"))


def escape_cdata(text: str) -> str:
    return text.replace("]]>", "]] >")


def document(name: str, script: Script, branches: str = "") -> str:
    shared = f'<Global variables="{",".join(sorted(script.shared))}"/>\n' if script.shared else ""
    unused = "".join(f'<Reference variables="{",".join(sorted(script.variables))}"/>' if script.variables else "")
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<scenario name="{escape(name)}">\n'
        + shared
        + "\n".join(script.parts)
        + branches
        + unused
        + "\n</scenario>\n"
    )


def calling(folder: Path, steps: Sequence[str], **options: object) -> str:
    """The scenario of a phone that calls."""
    script = Script(folder, outgoing=True, **options)  # type: ignore[arg-type]
    for line in steps:
        script.step(line)
    return document("calling", script)


def called(
    folder: Path, ways: Mapping[str, Sequence[str]], again: Sequence[str] = (), once: bool = False, **options: object
) -> str:
    """The scenario of phones that are called, by the number dialled; "" is any other number. `again`: what they do
    when they are called once more; `once`: they take one call and are gone."""
    script = Script(folder, outgoing=False, **options)  # type: ignore[arg-type]
    script.incoming(CALL_BEGUN if again else "")
    if again:
        # What Asterisk still sends of calls before this phone was there, as to a phone that was dead, is not counted.
        script.variables |= {"epoch", "begun", "stray"}
        script.parts.append(
            '<nop><action><test assign_to="stray" variable="begun" compare="less_than" '
            f'value="{int(time.time())}"/></action></nop><nop next="stray" test="stray"/>'
        )
        script.shared.add("calls")
        script.variables.add("more")
        script.parts.append(
            '<nop><action><add assign_to="calls" value="1"/><test assign_to="more" variable="calls" '
            'compare="greater_than" value="1"/></action></nop><nop next="again" test="more"/>'
        )
    for index, number in enumerate(number for number in ways if number):
        script.variables.add(f"to{index}")
        it, dialled = f'"to{index}"', quoteattr("INVITE sip:" + number)
        script.parts.append(
            f'<nop><action><strcmp assign_to={it} variable="uri" value={dialled}/>'
            f'<test assign_to={it} variable={it} compare="equal" value="0"/></action></nop>'
            f'<nop next="way{index}" test={it}/>'
        )
    for line in ways.get("", ["busy"]):
        script.step(line)
    script.parts.append('<nop next="end"/>')
    labelled = {f"way{index}": steps for index, steps in enumerate(steps for number, steps in ways.items() if number)}
    for label, steps in (labelled | ({"again": again} if again else {})).items():
        script.parts.append(f'<label id="{label}"/>')
        script.cseq = 1
        for line in steps:
            script.step(line)
        script.parts.append('<nop next="end"/>')
    if again:
        script.parts.append('<label id="stray"/>')
        script.busy("")
        script.parts.append('<nop next="end"/>')
    # For a while the answer is given again: what Asterisk asks at its very start it asks twice.
    script.parts.append(
        '<label id="options"/>' + reply("200 OK", script.tag) + '<pause milliseconds="3000"/><nop next="over"/>'
    )
    # A phone that died in the test before this one has left calls that Asterisk still ends.
    script.parts.append('<label id="late"/>' + reply("481 Call/Transaction Does Not Exist") + '<nop next="over"/>')
    gone = '<action><exec int_cmd="stop_gracefully"/></action>' if once else ""
    script.parts.append(f'<label id="end"/><nop>{gone}</nop><label id="over"/><nop/>')
    return document("called", script)


#: Seconds of the epoch at which the call began that a phone is rung for.
CALL_BEGUN = (
    '<ereg regexp="[0-9]{10}" search_in="hdr" header="X-Hotline-Linkedid:" assign_to="epoch"/>'
    '<todouble assign_to="begun" variable="epoch"/>'
)

#: What SIPp writes among its errors: that the machine was too busy to wake it in time, that it was asked whether
#: the session lasts, and that it rang for as long as it was to.
NO_ERRORS = ("Overload warning", "Automatic response mode", "jumping to label")


def registering(extension: str, password: str, pbx: str, seconds: int) -> str:
    """The scenario of a phone that registers at the address it sends from, for so long; 0: it takes back what it has
    registered, from wherever."""
    contact = f"<sip:{extension}@[local_ip]:[local_port]>" if seconds else "*"
    head = [
        VIA,
        f"From: <sip:{extension}@{pbx}>;tag=r[pid]",
        f"To: <sip:{extension}@{pbx}>",
        "Call-ID: register///[call_id]",
        "Max-Forwards: 70",
        f"Contact: {contact}",
        f"Expires: {seconds}",
    ]
    parts = [
        send(message(f"REGISTER sip:{pbx} SIP/2.0", *head, "CSeq: 1 REGISTER")),
        '<recv response="401" auth="true"/>',
    ]
    auth = f"[authentication username={extension} password={password}]"
    parts += [send(message(f"REGISTER sip:{pbx} SIP/2.0", *head, "CSeq: 2 REGISTER", auth)), '<recv response="200"/>']
    return '<?xml version="1.0"?>\n<scenario name="registering">\n' + "\n".join(parts) + "\n</scenario>\n"


@dataclass
class Phone:
    """A running SIPp. `errors` is what it did not expect; empty when all went as the script says."""

    name: str
    folder: Path
    process: subprocess.Popen[bytes]
    address: tuple[str, int] = ("", 0)
    begun: float = field(default_factory=time.monotonic)

    @property
    def errors(self) -> str:
        said = "".join(f.read_text("utf-8", "replace") for f in self.folder.glob(f"{self.name}.errors*"))
        told = [line for line in said.splitlines(keepends=True) if not any(words in line for words in NO_ERRORS)]
        return "" if [line.strip() for line in told] == ["The following events occurred:"] else "".join(told)

    def wait(self, seconds: float) -> int:
        return self.process.wait(seconds)

    def tell(self) -> None:
        """A calling phone that waits `until told` goes on: SIPp takes whatever has its call's id, but refuses what
        comes while it dials or presses a key."""
        time.sleep(max(0.0, self.begun + UNTIL_TOLD - time.monotonic()))
        told = (
            f"INFO sip:caller SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKtold\r\nFrom: <sip:test>\r\n"
            f"To: <sip:caller>\r\nCall-ID: 1-{self.process.pid}@{self.address[0]}\r\nCSeq: 1 INFO\r\n"
            "Content-Length: 0\r\n\r\n"
        )
        with contextlib.closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as sender:
            sender.sendto(told.encode(), self.address)

    def stop(self) -> None:
        stop_all([self])


def stop_all(phones: Sequence[Phone]) -> None:
    """Let calls end first: a BYE that nobody answered is sent again for half a minute, to the next phone here."""
    for ask, seconds in ((signal.SIGUSR1, 3), (signal.SIGTERM, 3), (signal.SIGKILL, 5)):
        running = [phone.process for phone in phones if phone.process.poll() is None]
        until = time.monotonic() + seconds
        for process in running:
            process.send_signal(ask)
        for process in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, until - time.monotonic()))


#: Seconds: longer than anything that most tests wait for.
PATIENCE = 60
#: Seconds that the longest of the tests may take. A phone that ended before would ring on and never answer.
LONGEST_TEST = 600


def start(
    name: str,
    folder: Path,
    scenario: str,
    *,
    local: str,
    media_port: int,
    remote: str = "",
    service: str = "",
    calls: int = 0,
    rate: int = 10,
    patience: int = PATIENCE,
) -> Phone:
    """Run SIPp with this scenario at `local` (address:port); `calls` bounds how many calls a calling phone makes.
    `patience`: seconds that it waits for a message. It ends by itself when no test can be waiting for it any more.
    With SIPP_TRACE=1 in the environment each message is kept beside the scenario."""
    file = folder / f"{name}.xml"
    file.write_text(scenario, "utf-8")
    address, port = local.split(":")
    argv = [
        "sipp",
        *([remote] if remote else []),
        "-sf",
        str(file),
        "-i",
        address,
        "-p",
        port,
        "-mi",
        address,
        "-mp",
        str(media_port),
        "-nostdin",
        "-aa",
        "-timeout",
        f"{LONGEST_TEST}s",
        "-recv_timeout",
        str(1000 * patience),
        "-buff_size",
        "1000000",
        "-trace_err",
        "-error_file",
        str(folder / f"{name}.errors"),
    ]
    if os.environ.get("SIPP_TRACE"):
        argv.append("-trace_msg")
    if service:
        argv += ["-s", service]
    if calls:
        argv += ["-m", str(calls), "-l", str(calls), "-r", str(rate)]
    log = (folder / f"{name}.log").open("wb")
    process = subprocess.Popen(argv, cwd=folder, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    log.close()
    if not calls:  # a called phone: listening shows in the kernel's table
        _wait_for_udp(address, int(port), process)
    return Phone(name, folder, process, (address, int(port)))


def _wait_for_udp(address: str, port: int, process: subprocess.Popen[bytes]) -> None:
    wanted = f"{int.from_bytes(bytes(map(int, address.split('.'))), 'little'):08X}:{port:04X}"
    for _ in range(200):
        if wanted in Path("/proc/net/udp").read_text("ascii"):
            return
        if process.poll() is not None:
            raise RuntimeError(f"SIPp ended at once with {process.returncode}: is {address}:{port} taken?")
        time.sleep(0.02)
    raise RuntimeError(f"SIPp does not listen on {address}:{port}")
