using System.Buffers;
using System.Security.Cryptography;
using Harrier.Domain;
using Harrier.Storage.Journal;
using Harrier.Storage.Market.Files;

namespace Harrier.Storage.Sessions;

/// <summary>What the account of a session is made of: enough to make it again without the configuration and the venue of the day.</summary>
/// <param name="Settings">The settings as text.</param>
/// <param name="Identity">What its journal says of it, with the terms of the instruments.</param>
public sealed record SessionPlan(string Settings, JournalIdentity Identity)
{
    /// <summary>Of what the account had been ordered to be made when the session began, as text; it was not done yet.</summary>
    /// <value>null: of nothing else.</value>
    public string? Ordered { get; init; }
}

/// <summary>The plan of a session in a file that is there whole or not at all.</summary>
public static class SessionPlanFile
{
    private const int Magic = 0x4C505348;
    private const int Version = 1;

    /// <summary>The file of a session.</summary>
    /// <param name="session">Its folder.</param>
    public static string Of(string session) => Path.Combine(session, "plan");

    /// <summary>Writes a plan and brings it to disk.</summary>
    /// <param name="session">The session's folder.</param>
    /// <param name="plan">The plan.</param>
    /// <exception cref="IOException">It could not be written.</exception>
    public static void Write(string session, SessionPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArrayBufferWriter<byte> buffer = new(plan.Settings.Length + 512);
        StateWriter writer = new(buffer);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(plan.Settings);
        writer.Write(plan.Ordered ?? "");
        writer.Write(plan.Identity.Build);
        writer.Write(plan.Identity.ConfigHash);
        writer.Write(unchecked((int)plan.Identity.Run));
        writer.Write(plan.Identity.Instruments.Count);
        foreach (InstrumentDefinition instrument in plan.Identity.Instruments)
        {
            JournalFormat.WriteInstrument(ref writer, instrument);
        }

        byte[] content = [.. buffer.WrittenSpan, .. SHA256.HashData(buffer.WrittenSpan)];
        DurableFile.Write(Of(session), file => file.Write(content));
    }

    /// <summary>Reads a plan back.</summary>
    /// <param name="session">The session's folder.</param>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is damaged, or of another version.</exception>
    public static SessionPlan Read(string session)
    {
        string path = Of(session);
        byte[] content = File.ReadAllBytes(path);
        int length = content.Length - SHA256.HashSizeInBytes;
        if (length < 0 || !SHA256.HashData(content.AsSpan(0, length)).AsSpan().SequenceEqual(content.AsSpan(length)))
        {
            throw new InvalidDataException($"{path}: the checksum does not fit its bytes");
        }

        StateReader reader = new(content.AsSpan(0, length));
        if (reader.ReadInt32() != Magic || reader.ReadInt32() is not Version)
        {
            throw new InvalidDataException($"{path}: not a plan of version {Version}");
        }

        string settings = reader.ReadString();
        string ordered = reader.ReadString();
        string build = reader.ReadString();
        string hash = reader.ReadString();
        uint run = unchecked((uint)reader.ReadInt32());
        InstrumentDefinition[] instruments = new InstrumentDefinition[reader.ReadCount()];
        for (int i = 0; i < instruments.Length; i++)
        {
            instruments[i] = JournalFormat.ReadInstrument(ref reader);
        }

        return new SessionPlan(settings, new JournalIdentity(build, hash, instruments) { Run = run }) { Ordered = ordered.Length > 0 ? ordered : null };
    }
}
