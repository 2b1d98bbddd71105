using Harrier.Storage.Recording;

namespace Harrier.Cli.Microstructure;

/// <summary>
/// Keeps the venues of a recording apart: a folder may hold one symbol as several venues trade it. A segment names its venue; a plain capture is of the venue whose words its first
/// messages are.
/// </summary>
internal static class RecordedVenues
{
    private const string Simulated = "sim-";
    private const int Looked = 200;

    /// <summary>Whose data to take.</summary>
    /// <param name="path">A file or folder.</param>
    /// <param name="wanted">What was said about it.</param>
    /// <returns>The venue as the recording names it; null where that does not name any, or is told to be of another.</returns>
    /// <exception cref="InputException">There are several and none was chosen, or one that is not there.</exception>
    public static string? Choose(string path, RecordingWish wanted)
    {
        string[] venues = In(path, wanted.Symbol);
        if (wanted.Venue is not { } asked)
        {
            return venues.Length < 2 ? venues.FirstOrDefault() : throw new InputException("venue", "none given", $"one of the recording: {string.Join(", ", venues)}");
        }

        string? found = venues.FirstOrDefault(venue => venue == asked) ?? venues.FirstOrDefault(venue => venue == Simulated + asked);
        return found is not null || venues.Length < 2 ? found : throw new InputException("venue", asked, $"one of the recording: {string.Join(", ", venues)}");
    }

    /// <summary>What to read of a venue and a symbol.</summary>
    /// <param name="path">A file or folder.</param>
    /// <param name="venue">As <see cref="Choose"/> said; null for all files.</param>
    /// <param name="symbol">The venue's symbol; null for all.</param>
    public static RecordingReadOptions ReadingOf(string path, string? venue, string? symbol)
    {
        // A plain capture is about one symbol whatever its file is called.
        bool namesSymbols = Directory.Exists(path) || RecordingFile.IsSegment(path);
        return new RecordingReadOptions
        {
            Symbol = namesSymbols ? symbol : null,
            Files = venue is null ? null : file => VenueOf(file) is not { } own || own == venue,
        };
    }

    /// <summary>The venue whose words are spoken: the built-in exchange speaks those of others. Null for one that is not known.</summary>
    public static string? WordsOf(string? venue)
    {
        string? bare = venue?.StartsWith(Simulated, StringComparison.Ordinal) == true ? venue[Simulated.Length..] : venue;
        return bare is not null && VenueAliases.Known.Contains(bare, StringComparer.Ordinal) ? bare : null;
    }

    private static string[] In(string path, string? symbol)
    {
        if (!Directory.Exists(path) && !RecordingFile.IsSegment(path))
        {
            return [];
        }

        try
        {
            RecordingReader reader = RecordingReader.Open(path);
            return [.. reader.Files.Where(file => symbol is null || file.Symbols.Contains(symbol)).Select(VenueOf).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        }
        catch (RecordingException)
        {
            // Whoever reads it says what is wrong.
            return [];
        }
    }

    private static string? VenueOf(RecordingFile file) => file.Header is { } header
        ? header.Venue.Name
        : RecordedMessages.Read(file.Path).Take(Looked).Select(message => Composition.Exchanges.Recognize(message.Message)).FirstOrDefault(venue => venue is not null);
}
