using System.Globalization;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Bots;
using Harrier.Hosting.Control;

namespace Harrier.Cli.Running;

/// <summary>Plain lines for files and pipes: what happens, and every ten seconds how things stand.</summary>
internal sealed class RunLines(TextWriter output, TextWriter errors) : IRunView
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private Domain.Timestamp _last;

    public void Begin(IReadOnlyList<AccountStatus> accounts)
    {
        foreach (AccountStatus account in accounts)
        {
            Write($"{RunText.Of(account.Time)} {account.Name}: {account.Bots.Count} {account.Mode} bots on {account.Venue}, equity {Money(account.Equity)}");
        }
    }

    public void Show(IReadOnlyList<AccountStatus> accounts)
    {
        if (accounts.Count == 0 || accounts[0].Time - _last < Every)
        {
            return;
        }

        _last = accounts[0].Time;
        End(accounts);
    }

    public void End(IReadOnlyList<AccountStatus> accounts)
    {
        foreach (AccountStatus account in accounts)
        {
            Write($"{RunText.Of(account.Time)} {account.Name}: equity {Money(account.Equity)}; {string.Join(", ", account.Symbols.Select(Word))}");
            Write($"{RunText.Of(account.Time)} {account.Name}: {RunText.Of(account.Risk)}");
            if (account.AtVenue is { } venue)
            {
                Write($"{RunText.Of(account.Time)} {account.Name}: {RunText.Of(venue)}");
            }

            foreach (BotStatus bot in account.Bots)
            {
                Write(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{RunText.Of(account.Time)} {account.Name}/{bot.Name} {BotLifecycle.Word(bot.State)} {bot.Strategy} {bot.Symbol} {bot.Interval}: position {bot.Position:0.########}, equity {bot.Equity:0.00}, pnl {bot.Pnl:0.00}, {bot.RoundTrips} round trips, {bot.Naked.TotalSeconds:0.###} s naked"));
            }
        }
    }

    public void Tell(AccountEvent happened) => Write($"{RunText.Of(happened.Time)} {RunText.Of(happened)}");

    public void Relay(LoggedEvent happened) => Write(happened.Text);

    public void Warn(string line)
    {
        lock (_gate)
        {
            errors.WriteLine(line);
        }
    }

    public void Dispose()
    {
    }

    private void Write(string line)
    {
        lock (_gate)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }

    private static string Word(SymbolView symbol) =>
        $"{symbol.Symbol} {symbol.Last?.ToString("0.########", CultureInfo.InvariantCulture) ?? "-"} book {symbol.Book ?? "none"}";

    private static string Money(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);
}
