using Harrier.Research.Backtests;
using Harrier.Research.Reports;
using Spectre.Console;

namespace Harrier.Cli.Backtests;

/// <summary>Prints the result as a table.</summary>
internal static class ResultPrinter
{
    /// <summary>Prints; on a terminal as a drawn table in which failed checks stand out.</summary>
    public static void Print(BacktestResult result, TextWriter output)
    {
        IReadOnlyList<ResultRow> rows = ResultTable.Rows(result);
        if (output != Console.Out || Console.IsOutputRedirected)
        {
            output.Write(ResultTable.ToText(rows));
            return;
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Detect });
        Table table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumn("").AddColumn("");
        string? section = null;
        foreach (ResultRow row in rows)
        {
            if (row.Section != section)
            {
                table.AddRow(new Markup($"[bold]{Markup.Escape(row.Section)}[/]"), new Text(""));
                section = row.Section;
            }

            if (row.IsFailure)
            {
                table.AddRow(new Markup($"[bold white on red]{Markup.Escape(row.Label)}[/]"), new Markup($"[bold red]{Markup.Escape(row.Value)}[/]"));
            }
            else
            {
                table.AddRow(new Text(row.Label), new Text(row.Value));
            }
        }

        console.Write(table);
    }
}
