namespace Harrier.Cli.Doctor;

/// <summary>How well something is.</summary>
internal enum Health
{
    /// <summary>As it should be.</summary>
    Ok = 0,

    /// <summary>It works, and somebody should look.</summary>
    Warning = 1,

    /// <summary>It will not work, or is not safe.</summary>
    Fault = 2,
}

/// <summary>What was found of one thing.</summary>
/// <param name="Subject">Which thing.</param>
/// <param name="Health">How well it is.</param>
/// <param name="Text">What was seen.</param>
/// <param name="Advice">What to do; empty where nothing is.</param>
internal sealed record Finding(string Subject, Health Health, string Text, string Advice = "");
