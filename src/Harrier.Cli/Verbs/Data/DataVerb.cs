using System.CommandLine;

namespace Harrier.Cli.Verbs.Data;

/// <summary><c>data</c>: everything about the market data store that needs no query language.</summary>
public static class DataVerb
{
    /// <summary>Builds the command with its verbs.</summary>
    public static Command Create() => new("data", "List, verify, repair, resample, import and export the market data store.")
    {
        DataListVerb.Create(),
        DataShowVerb.Create(),
        DataCheckVerb.Create(),
        DataRepairVerb.Create(),
        DataResampleVerb.Create(),
        DataImportVerb.Create(),
        DataExportVerb.Create(),
    };
}
