"""What our own Asterisk tells and nobody reads: it is not to be made (docs/decisions/0080).

Each name is known to Asterisk 22; an older one passes over those that it does not know.
"""

from __future__ import annotations

#: Messages within Asterisk (stasis.conf) that become events of the manager or of ARI and nothing else. Only such as are
#: turned into an event as they come: of those to which the manager subscribes by type (ast_channel_moh_start_type, say)
#: Asterisk does not start without one, and queues, transfers and CEL go by many others.
UNREAD_MESSAGES = (
    "ast_channel_varset_type",
    "ast_rtp_rtcp_sent_type",
    "ast_rtp_rtcp_received_type",
    "agi_exec_start_type",
    "agi_exec_end_type",
    "queue_caller_join_type",
    "queue_caller_leave_type",
    "queue_caller_abandon_type",
    "queue_member_status_type",
    "queue_agent_called_type",
    "queue_agent_connect_type",
    "queue_agent_complete_type",
    "queue_agent_dump_type",
    "queue_agent_ringnoanswer_type",
)

#: Events of the manager (`disabledevents`) whose messages are needed, if only for Asterisk to start.
UNREAD_EVENTS = (
    "Newchannel",
    "Newstate",
    "Newexten",
    "NewCallerid",
    "NewConnectedLine",
    "NewAccountCode",
    "Hangup",
    "HangupRequest",
    "SoftHangupRequest",
    "DialBegin",
    "DialState",
    "BridgeCreate",
    "BridgeDestroy",
    "BridgeEnter",
    "BridgeLeave",
    "BridgeMerge",
    "HangupHandlerPush",
    "HangupHandlerPop",
    "HangupHandlerRun",
    "DTMFBegin",
    "DTMFEnd",
    "MusicOnHoldStart",
    "MusicOnHoldStop",
    "MixMonitorStart",
    "MixMonitorStop",
    "MixMonitorMute",
    "LocalBridge",
    "LocalOptimizationBegin",
    "LocalOptimizationEnd",
    "ChallengeSent",
    "SuccessfulAuth",
    # Debian's Asterisk is built with its tests' hooks.
    "TestEvent",
)
