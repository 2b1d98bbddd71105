using Harrier.Exchanges.Results;
using Harrier.Exchanges.Tests.Support;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Tests.Trading;

public sealed class SymbolUpkeepTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SymbolUpkeep _upkeep;
    private readonly List<DateTimeOffset> _read = [];
    private readonly List<VenueError> _failures = [];
    private readonly Task _running;
    private bool _answers = true;

    public SymbolUpkeepTests()
    {
        _upkeep = new SymbolUpkeep(_ => Task.FromResult(Read()), _clock);
        _running = _upkeep.RunAsync(_failures.Add, _stop.Token);
    }

    [Fact]
    public async Task Run_NothingHappens_ReadsEveryHour()
    {
        await Pass(minutes: 179);

        _read.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Note_OrderRefusedForARuleOfTheVenue_ReadsWithinAMinute()
    {
        _upkeep.Note(new VenueError(VenueErrorKind.InvalidOrder, Outcome.NotDone, -1013, "Filter failure: PRICE_FILTER"));

        await Pass(minutes: 2);

        _read.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(VenueErrorKind.InvalidOrder, 0)]
    [InlineData(VenueErrorKind.InsufficientFunds, -2010)]
    [InlineData(VenueErrorKind.RateLimited, -1003)]
    public async Task Note_WhatSaysNothingOfTheRules_IsPassedOver(VenueErrorKind kind, int code)
    {
        _upkeep.Note(new VenueError(kind, Outcome.NotDone, code, "refused"));

        await Pass(minutes: 30);

        _read.ShouldBeEmpty();
    }

    [Fact]
    public async Task Note_ARefusalEachMinute_ReadsAtMostOnceAMinute()
    {
        for (int i = 0; i < 60; i++)
        {
            _upkeep.Note(new VenueError(VenueErrorKind.MarketClosed, Outcome.NotDone, -1013, "halted"));
            await Pass(minutes: 0.5);
        }

        _read.Count.ShouldBeInRange(25, 30);
        _read.Zip(_read.Skip(1), static (a, b) => b - a).ShouldAllBe(static gap => gap >= TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Run_VenueDoesNotAnswer_IsToldAndTriesAgainSoon()
    {
        _answers = false;

        await Pass(minutes: 65);

        _failures.Count.ShouldBeInRange(4, 6);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private VenueResult<bool> Read()
    {
        _read.Add(_clock.GetUtcNow());
        return _answers ? VenueResult<bool>.Ok(true) : VenueResult<bool>.Failed(new VenueError(VenueErrorKind.Timeout, Outcome.NotDone, 0, "silence"));
    }

    // Every half minute, with its continuations done before the next.
    private async Task Pass(double minutes)
    {
        for (int i = 0; i < 2 * minutes; i++)
        {
            await Eventually.Holds(() => _clock.Pending.Count == 1, "the wait for the next reading");
            _clock.Advance(TimeSpan.FromSeconds(30));
        }

        await Eventually.Holds(() => _clock.Pending.Count == 1, "the wait for the next reading");
    }
}
