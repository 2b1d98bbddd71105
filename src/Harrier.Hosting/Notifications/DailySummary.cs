using System.Globalization;
using Harrier.Domain;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Control;
using Harrier.Storage.Records;
using Harrier.Storage.Records.Rows;

namespace Harrier.Hosting.Notifications;

/// <summary>Tells once a day what it brought: positions that ended, as the records have them, and what accounts are worth now.</summary>
/// <param name="desk">The run.</param>
/// <param name="records">The records; null where none are kept.</param>
/// <param name="at">When, on the clocks of <paramref name="zone"/>.</param>
/// <param name="zone">Whose clocks.</param>
public sealed class DailySummary(RunDesk desk, RecordStore? records, TimeOnly at, TimeZoneInfo zone)
{
    /// <summary>The next time that it is due, after an instant. A time that the clocks skip is due an hour later.</summary>
    public DateTimeOffset NextAfter(DateTimeOffset now)
    {
        DateTime local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        for (DateOnly day = DateOnly.FromDateTime(local); ; day = day.AddDays(1))
        {
            DateTime wanted = day.ToDateTime(at, DateTimeKind.Unspecified);
            DateTime real = zone.IsInvalidTime(wanted) ? wanted.AddHours(1) : wanted;
            DateTimeOffset due = new(TimeZoneInfo.ConvertTimeToUtc(real, zone), TimeSpan.Zero);
            if (due > now)
            {
                return due;
            }
        }
    }

    /// <summary>The summary of a day.</summary>
    /// <param name="from">Its beginning.</param>
    /// <param name="to">Its end.</param>
    public Notification Of(DateTimeOffset from, DateTimeOffset to)
    {
        List<LocalText> lines = [new LocalText("summary_title", ("from", RunText.Of(Timestamp.From(from))), ("to", RunText.Of(Timestamp.From(to))))];
        IReadOnlyList<TradeRow>? trades = Trades(from, to);
        if (trades is null)
        {
            lines.Add(new LocalText("summary_unread"));
        }

        foreach (AccountStatus account in desk.Status)
        {
            TradeRow[] own = [.. (trades ?? []).Where(trade => trade.Account == account.Name)];
            lines.Add(new LocalText(
                "summary_account",
                ("account", account.Name),
                ("equity", account.Equity.ToString("0.00", CultureInfo.InvariantCulture)),
                ("trades", own.Length.ToString(CultureInfo.InvariantCulture)),
                ("won", own.Count(static trade => trade.Pnl > 0).ToString(CultureInfo.InvariantCulture)),
                ("pnl", EventNotifications.Signed(own.Sum(static trade => trade.Pnl))),
                ("fees", own.Sum(static trade => trade.Fees).ToString("0.00", CultureInfo.InvariantCulture))));
        }

        return new Notification { Kind = NotificationKind.Summary, Time = Timestamp.From(to), Lines = lines };
    }

    private IReadOnlyList<TradeRow>? Trades(DateTimeOffset from, DateTimeOffset to)
    {
        try
        {
            return records?.Trades(new RecordFilter { From = Timestamp.From(from), To = Timestamp.From(to), WithArchived = true });
        }
        catch (RecordStoreException)
        {
            return null;
        }
    }
}
