using System.Globalization;
using System.Text;
using Harrier.Storage.Market.Files;

namespace Harrier.Storage.Sessions;

/// <summary>
/// Notes in a session which call of a strategy hung. The call's input is in the journal, so that each start would hang there again: who replays the session leaves
/// out that one call.
/// </summary>
public static class SessionFence
{
    private const string Name = "fence";

    /// <summary>Notes the call. Safe while the account's own thread hangs.</summary>
    /// <param name="session">The session's folder.</param>
    /// <param name="call">Number of the call since the session began, 1 or more.</param>
    /// <exception cref="IOException">It could not be written.</exception>
    public static void Write(string session, long call) =>
        DurableFile.Write(Path.Combine(session, Name), file => file.Write(Encoding.ASCII.GetBytes(call.ToString(CultureInfo.InvariantCulture))));

    /// <summary>The call that hung; 0 when none did.</summary>
    /// <param name="session">The session's folder.</param>
    /// <exception cref="InvalidDataException">The note is damaged.</exception>
    public static long Read(string session)
    {
        string file = Path.Combine(session, Name);
        if (!File.Exists(file))
        {
            return 0;
        }

        return long.TryParse(File.ReadAllText(file), NumberStyles.None, CultureInfo.InvariantCulture, out long call) && call > 0
            ? call
            : throw new InvalidDataException($"{file}: the number of a call");
    }
}
