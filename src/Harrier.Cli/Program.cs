using System.CommandLine;
using Harrier.Cli;
using Harrier.Cli.Options;
using Harrier.Cli.Verbs;
using Harrier.Cli.Verbs.Data;

Option<bool> verbose = new("--verbose") { Description = "show a stack trace when something fails", Recursive = true };
RootCommand root = new("Harrier, a crypto trading platform")
{
    verbose,
    AccountVerb.Create(verbose),
    BacktestVerb.Create(verbose),
    BackupVerb.Create(verbose),
    BotsVerb.Create(verbose),
    CollectVerb.Create(verbose),
    ConfigVerb.Create(verbose),
    DataVerb.Create(),
    DecisionsVerb.Create(verbose),
    DiagL2Verb.Create(verbose),
    DiagLevelsVerb.Create(verbose),
    DoctorVerb.Create(verbose),
    RecordsVerbs.CreateEquity(verbose),
    RecordsVerbs.CreateEvents(verbose),
    ExchangeVerb.Create(),
    FeaturesVerb.Create(verbose),
    RecordsVerbs.CreateFills(verbose),
    IndicatorsVerb.Create(),
    NotifyVerb.Create(verbose),
    RecordsVerbs.CreateOrders(verbose),
    PairsVerb.Create(verbose),
    PanicVerb.Create(verbose),
    PerformanceVerb.Create(verbose),
    PortfolioVerb.Create(verbose),
    ReconcileVerb.Create(verbose),
    RecordVerb.Create(verbose),
    RiskVerb.Create(verbose),
    RunVerb.Create(verbose),
    RunbotVerb.Create(verbose),
    ScanVerb.Create(verbose),
    SignalVerb.Create(),
    SoakVerb.Create(verbose),
    SqlVerb.Create(),
    StatusVerb.Create(verbose),
    StrategiesVerb.Create(),
    StreamVerb.Create(verbose),
    TokenVerb.Create(verbose),
    RecordsVerbs.CreateTrades(verbose),
    UsersVerb.Create(verbose),
    VerifyVerb.Create(verbose),
    WhyVerb.Create(verbose),
};

// A first argument that begins with @ is a value, not a response file.
ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
if (parsed.Errors.Count == 0)
{
    return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) }).ConfigureAwait(false);
}

BadInput.Show(Console.Error, ParseFaults.Of(parsed));
return BadInput.ExitCode;
