using System.Globalization;
using Harrier.Cli.Running;
using Harrier.Domain;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Bots;
using Harrier.Hosting.Control;

namespace Harrier.Cli.Portfolio;

/// <summary>Plain lines: what portfolio bots decide, and every ten seconds how things stand.</summary>
internal sealed class RunbotLines(TextWriter output, TextWriter errors) : IRunView
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private Timestamp _last;

    public void Begin(IReadOnlyList<AccountStatus> accounts) => End(accounts);

    public void Show(IReadOnlyList<AccountStatus> accounts)
    {
        if (accounts.Count > 0 && accounts[0].Time - _last >= Every)
        {
            _last = accounts[0].Time;
            End(accounts);
        }
    }

    public void End(IReadOnlyList<AccountStatus> accounts)
    {
        foreach (AccountStatus account in accounts)
        {
            string bots = string.Join(", ", account.Bots.Select(static bot => $"{bot.Name} {BotLifecycle.Word(bot.State)} every {bot.Interval}"));
            string prices = string.Join(", ", account.Symbols.Select(static symbol => string.Create(CultureInfo.InvariantCulture, $"{symbol.Symbol} {symbol.Last:0.########}")));
            Write(output, string.Create(CultureInfo.InvariantCulture, $"{RunText.Of(account.Time)} {account.Name} ({account.Mode}, {account.Venue}): worth {account.Equity:0.00}; {bots}; {prices}"));
        }
    }

    public void Tell(AccountEvent happened) => Write(output, $"{RunText.Of(happened.Time)} {RunText.Of(happened)}");

    public void Relay(LoggedEvent happened) => Write(output, happened.Text);

    public void Warn(string line) => Write(errors, line);

    public void Dispose()
    {
    }

    private void Write(TextWriter writer, string line)
    {
        lock (_gate)
        {
            writer.WriteLine(line);
            writer.Flush();
        }
    }
}
