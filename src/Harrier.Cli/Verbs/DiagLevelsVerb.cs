using System.CommandLine;
using System.Text;
using Harrier.Cli.Backtests;
using Harrier.Cli.Diagnostics;
using Harrier.Cli.Indicators;
using Harrier.Cli.Levels;
using Harrier.Domain;
using Harrier.Engine.History;
using Harrier.Exchanges.History;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using Harrier.Features.Levels;
using Harrier.Storage.Bars;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harrier.Cli.Verbs;

/// <summary><c>diag-levels --preset P --symbol S</c>: the levels that a strategy with a preset would see, as a table and a chart.</summary>
public static class DiagLevelsVerb
{
    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        LevelOptions options = new();
        Command command = new("diag-levels", "Show support and resistance with what speaks for each, as a table and as a chart file.");
        options.AddTo(command);
        command.Does(verbose, (parsed, streams, stop) => RunAsync(options.Read(parsed), streams, stop));
        return command;
    }

    private static async Task<int> RunAsync(LevelRequest request, InvocationConfiguration streams, CancellationToken stop)
    {
        bool isRecording = request.Data is { } data && RecordedTape.IsRecording(data);
        BarSeries bars = isRecording ? RecordedLevels.ReadBars(request, stop)
            : request.Data is { } path ? ReadFile(path, request.Reading)
            : await ReadVenueAsync(request, stop).ConfigureAwait(false);
        LevelSurvey survey = new(bars, request.Preset);
        if (request.Out is { } target)
        {
            WholeOutput.Write(target, Encoding.UTF8.GetBytes(survey.ToChart()));
        }

        if (request.Diagnostics is { } file)
        {
            await streams.Error.WriteLineAsync(Record(file, request, survey, isRecording ? bars.Instrument.Symbol : null, stop)).ConfigureAwait(false);
        }

        foreach (string line in request.IsJson ? [survey.ToJson()] : survey.ToLines())
        {
            await streams.Output.WriteAsync(line + "\n").ConfigureAwait(false);
        }

        return 0;
    }

    private static string Record(string path, LevelRequest request, LevelSurvey survey, string? recorded, CancellationToken stop)
    {
        using DiagnosticFile file = DiagnosticFile.Open(path);
        if (recorded is not null)
        {
            RecordedLevels.Record(request, recorded, file, stop);
        }

        foreach (DiagnosticRecord record in survey.ToRecords())
        {
            file.Add(record);
        }

        file.Complete();
        return file.Summary;
    }

    private static BarSeries ReadFile(string path, BarReadOptions options)
    {
        IReadOnlyList<BarFileData> found = BarFileReader.Read(path, options);
        return found is [{ } only]
            ? only.Series
            : throw new InputException("symbol", "none given", "one of " + string.Join(", ", found.Select(one => one.Report.Symbol)));
    }

    private static async Task<BarSeries> ReadVenueAsync(LevelRequest request, CancellationToken stop)
    {
        using HttpMessageInvoker http = RestTransport.Create();
        VenueResult<IMarketHistory> opened = Composition.Exchanges.Of(request.Venue)
            .OpenHistory(new HistoryRequest(request.Venue, request.Place), Composition.Exchanges.Surroundings(http, TimeProvider.System, NullLogger.Instance));
        using IMarketHistory history = opened.IsOk ? opened.Value : throw new InputException("venue", request.Venue, opened.Error.Message);
        return await VenueBars.ReadAsync(history, request.Reading.Symbols[0], request.Reading.Interval ?? LevelOptions.UsualInterval, new LevelSettings().Window, stop).ConfigureAwait(false);
    }
}
