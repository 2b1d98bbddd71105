using Harrier.Domain;
using Harrier.Storage.Market;

namespace Harrier.Cli.MarketData;

/// <summary>Something that is worth saying about rows that were written.</summary>
/// <param name="Name">Its name for scripts.</param>
/// <param name="Text">Its name for people.</param>
/// <param name="Count">How many.</param>
internal sealed record WriteNote(string Name, string Text, long Count);

/// <summary>What became of rows that were written, for people and for scripts.</summary>
internal static class WriteResultText
{
    /// <summary>Prints it.</summary>
    public static void Show(TextWriter output, bool isJson, SeriesKey key, StoreWriteResult result, params IReadOnlyList<WriteNote> notes)
    {
        if (isJson)
        {
            output.Write(ToJson(key, result, notes));
            return;
        }

        output.WriteLine(FormattableString.Invariant($"{key}: {result.Added} bars added, {result.Duplicates} were there already, {result.Files} files written"));
        foreach (WriteNote note in notes.Where(note => note.Count > 0))
        {
            output.WriteLine(FormattableString.Invariant($"  {note.Count}: {note.Text}"));
        }

        if (result.Conflicts > 0)
        {
            output.WriteLine(FormattableString.Invariant($"  {result.Conflicts} bars had other values, {(result.ConflictsReplaced ? "replaced" : "kept as they were (--replace takes the new ones)")}, the first at {result.FirstConflicts[0]}"));
        }
    }

    private static string ToJson(SeriesKey key, StoreWriteResult result, IReadOnlyList<WriteNote> notes) => JsonText.Object(json =>
    {
        JsonText.Key(json, key);
        json.WriteNumber("added", result.Added);
        json.WriteNumber("duplicates", result.Duplicates);
        json.WriteNumber("conflicts", result.Conflicts);
        json.WriteBoolean("conflicts_replaced", result.ConflictsReplaced);
        json.WriteStartArray("first_conflicts");
        foreach (Timestamp time in result.FirstConflicts)
        {
            json.WriteStringValue(time.ToString());
        }

        json.WriteEndArray();
        json.WriteNumber("files", result.Files);
        foreach (IGrouping<string, WriteNote> note in notes.GroupBy(note => note.Name))
        {
            json.WriteNumber(note.Key, note.Sum(one => one.Count));
        }
    });
}
