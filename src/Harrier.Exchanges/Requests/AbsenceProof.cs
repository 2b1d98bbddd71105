using Harrier.Domain;

namespace Harrier.Exchanges.Requests;

/// <summary>What speaks for it that a request never had an effect. One answer of not found proves little: copies of a venue's data lag.</summary>
internal sealed class AbsenceProof(UnknownOutcomeOptions options, Timestamp sent)
{
    private Timestamp? _first;
    private Timestamp _last;
    private Timestamp? _lastSound;
    private int _count;

    /// <summary>Takes an answer of not found.</summary>
    /// <param name="asked">When the question left.</param>
    /// <param name="soundSince">Since when the account's stream was sound at that moment.</param>
    public void AddNotFound(Timestamp asked, Timestamp? soundSince)
    {
        _first ??= asked;
        _last = asked;
        _count++;
        _lastSound = soundSince <= asked ? asked : _lastSound;
    }

    /// <summary>What the answers of not found still lack; null when only fills and account remain to be compared.</summary>
    public string? Lacks()
    {
        if (_first is not Timestamp first || _count < options.NotFoundNeeded)
        {
            return $"{_count} answers of not found, {options.NotFoundNeeded} needed";
        }

        if (_last - first < options.SpanNeeded)
        {
            return $"answers of not found within {_last - first}, {options.SpanNeeded} needed";
        }

        if (_last - sent <= options.QuietTime)
        {
            return "no answer of not found after the quiet time";
        }

        return _lastSound is Timestamp sound && sound - sent > options.QuietTime ? null : "no answer of not found while the account's stream was sound";
    }
}
