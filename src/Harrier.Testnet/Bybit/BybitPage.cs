using System.Globalization;

namespace Harrier.Testnet.Bybit;

/// <summary>One page of a list.</summary>
/// <param name="Items">What is on it.</param>
/// <param name="Cursor">Where the next page begins; empty after the last.</param>
internal readonly record struct BybitPage<T>(IReadOnlyList<T> Items, string Cursor);

/// <summary>Cuts lists into pages. A cursor names the last item of the page before it, so that pages stay apart while the list grows at its head.</summary>
internal static class BybitPage
{
    private const string Prefix = "after%3A";

    /// <summary>The page after a cursor.</summary>
    /// <param name="all">Everything, in order.</param>
    /// <param name="limit">Items of a page.</param>
    /// <param name="cursor">From the page before; null for the first.</param>
    /// <param name="numberOf">A number that no other item has.</param>
    /// <param name="isDescending">Whether the numbers fall along the list: its last item may then be gone when the next page is asked for.</param>
    public static BybitPage<T> Of<T>(IReadOnlyList<T> all, int limit, string? cursor, Func<T, long> numberOf, bool isDescending = false)
    {
        int first = 0;
        if (cursor is not null)
        {
            long last = Read(cursor);
            while (first < all.Count && (isDescending ? numberOf(all[first]) >= last : numberOf(all[first]) != last))
            {
                first++;
            }

            first += isDescending ? 0 : 1;
        }

        List<T> items = [.. all.Skip(first).Take(limit)];
        bool isLast = items.Count == 0 || first + items.Count >= all.Count;
        return new BybitPage<T>(items, isLast ? "" : Prefix + numberOf(items[^1]).ToString(CultureInfo.InvariantCulture));
    }

    // Some clients send the cursor as it came, some decode it first.
    private static long Read(string cursor)
    {
        string text = Uri.UnescapeDataString(cursor);
        int mark = text.LastIndexOf(':');
        return long.TryParse(text.AsSpan(mark + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long last) ? last : -1;
    }
}
