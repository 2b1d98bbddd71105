using Harrier.Cli.BarFeatures;
using Harrier.Engine.Strategies;

namespace Harrier.Cli.Microstructure;

/// <summary>What data a member of <c>features --set</c> lives on.</summary>
internal enum FeatureDiet
{
    /// <summary>Recorded trades and books.</summary>
    Recording,

    /// <summary>Bars.</summary>
    Bars,

    /// <summary>Either.</summary>
    Both,
}

/// <summary>The members of <c>features --set</c> by name. A new one is a class and a row here.</summary>
internal static class FeatureMembers
{
    private static readonly SortedDictionary<string, (FeatureDiet Diet, Func<FeatureMember> Create)> All = new(StringComparer.Ordinal)
    {
        ["activity"] = (FeatureDiet.Recording, static () => new ActivityMember()),
        ["book"] = (FeatureDiet.Recording, static () => new BookMember()),
        ["density"] = (FeatureDiet.Recording, static () => new DensityMember()),
        ["levels"] = (FeatureDiet.Bars, static () => new LevelsMember()),
        ["orderflow"] = (FeatureDiet.Bars, static () => new OrderFlowMember()),
        ["tradeflow"] = (FeatureDiet.Recording, static () => new TradeFlowMember()),
        ["volumeprofile"] = (FeatureDiet.Bars, static () => new VolumeProfileMember()),
        ["wyckoff"] = (FeatureDiet.Bars, static () => new WyckoffMember()),
        ["zones"] = (FeatureDiet.Bars, static () => new ZonesMember()),
    };

    /// <summary>All names, with commas between.</summary>
    public static string Names => string.Join(", ", All.Keys);

    /// <summary>Makes the members of a set.</summary>
    /// <param name="set">Names with commas between.</param>
    /// <param name="isRecording">True for recorded trades and books, false for bars.</param>
    /// <exception cref="InputException">A name is unknown, or its member cannot live on the data.</exception>
    public static IReadOnlyList<FeatureMember> Parse(string set, bool isRecording)
    {
        List<FeatureMember> members = [];
        foreach (string name in set.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal))
        {
            if (!All.TryGetValue(name, out (FeatureDiet Diet, Func<FeatureMember> Create) member))
            {
                string near = NearestName.Find(name, All.Keys) is { } nearest ? $", {nearest} is the nearest" : "";
                throw new InputException("set", name, $"one or more of {Names}{near}");
            }

            if (member.Diet != FeatureDiet.Both && member.Diet == FeatureDiet.Recording != isRecording)
            {
                throw new InputException("set", name, member.Diet == FeatureDiet.Recording ? "recorded trades and books as --data" : "bars as --data");
            }

            members.Add(member.Create());
        }

        return members.Count > 0 ? members : throw new InputException("set", set, "one or more of " + Names);
    }
}
