namespace Harrier.Testnet.Markets;

/// <summary>
/// What an operator does to the latent price of one symbol: a factor that moves to its goal at an even pace, and a drift that lasts for a while. One step is
/// 100 ms. The spot and the contract of a symbol share it, as they share the latent price.
/// </summary>
internal sealed class PriceShift
{
    // An operator's request comes on another thread than the market's steps.
    private readonly Lock _gate = new();
    private double _goal;
    private int _goalSteps;
    private double _drift;
    private int _driftSteps;

    /// <summary>Logarithm of the factor on the latent price.</summary>
    public double Value { get; private set; }

    /// <summary>Factor on the latent price.</summary>
    public double Factor { get; private set; } = 1;

    /// <summary>Moves the price by a factor, on top of what is under way.</summary>
    /// <param name="change">Logarithm of the factor.</param>
    /// <param name="length">How long it takes.</param>
    public void Move(double change, TimeSpan length)
    {
        lock (_gate)
        {
            _goal = (_goalSteps > 0 ? _goal : Value) + change;
            _goalSteps = Steps(length);
        }
    }

    /// <summary>Moves the price so that the factor's logarithm becomes a value.</summary>
    public void MoveTo(double value, TimeSpan length)
    {
        lock (_gate)
        {
            _goal = value;
            _goalSteps = Steps(length);
        }
    }

    /// <summary>Lets the price drift; a new drift replaces the old one.</summary>
    /// <param name="perMinute">Change of the logarithm a minute.</param>
    /// <param name="length">How long.</param>
    public void Trend(double perMinute, TimeSpan length)
    {
        lock (_gate)
        {
            _drift = perMinute / 600;
            _driftSteps = Steps(length);
        }
    }

    /// <summary>Moves on by a step.</summary>
    public void Advance()
    {
        lock (_gate)
        {
            Move();
        }
    }

    private void Move()
    {
        double before = Value;
        if (_driftSteps > 0)
        {
            _driftSteps--;
            Value += _drift;
            _goal += _drift;
        }

        if (_goalSteps > 0)
        {
            Value += (_goal - Value) / _goalSteps--;
        }

        if (Value != before)
        {
            Factor = Math.Exp(Value);
        }
    }

    private static int Steps(TimeSpan length) => Math.Max(1, (int)(length.TotalMilliseconds / 100));
}
