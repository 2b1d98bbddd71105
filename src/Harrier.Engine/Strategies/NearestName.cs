namespace Harrier.Engine.Strategies;

/// <summary>Finds what a misspelt name was probably meant to be.</summary>
public static class NearestName
{
    /// <summary>
    /// The candidate with the fewest edits (Damerau, 1964: insert, delete, replace, swap neighbors; case ignored), or null when even that
    /// one differs in more than a third of its letters.
    /// </summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        string? nearest = null;
        int fewest = int.MaxValue;
        foreach (string candidate in candidates)
        {
            int edits = Edits(name.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (edits < fewest && edits <= Math.Max(1, candidate.Length / 3))
            {
                fewest = edits;
                nearest = candidate;
            }
        }

        return nearest;
    }

    private static int Edits(string left, string right)
    {
        int[] before = [];
        int[] above = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 0; i < left.Length; i++)
        {
            int[] row = new int[right.Length + 1];
            row[0] = i + 1;
            for (int j = 0; j < right.Length; j++)
            {
                int replaced = above[j] + (left[i] == right[j] ? 0 : 1);
                bool isSwap = i > 0 && j > 0 && left[i] == right[j - 1] && left[i - 1] == right[j];
                int swapped = isSwap ? before[j - 1] + 1 : int.MaxValue;
                row[j + 1] = Math.Min(Math.Min(replaced, swapped), Math.Min(above[j + 1], row[j]) + 1);
            }

            before = above;
            above = row;
        }

        return above[right.Length];
    }
}
