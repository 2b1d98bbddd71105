namespace Harrier.Exchanges.Requests;

/// <summary>How an intent of unknown outcome ends.</summary>
public enum UnknownState : byte
{
    /// <summary>Still being asked for; all of its risk stays reserved.</summary>
    Unknown,

    /// <summary>The venue has it: its state is the truth.</summary>
    Adopted,

    /// <summary>It does not exist and cannot come to exist: the strategy may decide anew, under a new id.</summary>
    ProvenAbsent,

    /// <summary>Not settled in time: cancel by id, raise an alarm, no entries for the symbol.</summary>
    Escalated,
}
