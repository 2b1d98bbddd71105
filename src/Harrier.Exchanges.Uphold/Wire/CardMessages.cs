using System.Text.Json.Serialization;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Uphold.Wire;

/// <summary>A card: what is held of one asset. An account may have several of the same.</summary>
[Ignores("address", "settings")]
internal sealed record CardMessage : UpholdMessage
{
    public string Id { get; set; } = "";

    public string? Label { get; set; }

    public string Currency { get; set; } = "";

    /// <summary>Never missing: a card without a balance would be taken for an empty one.</summary>
    [JsonRequired]
    public decimal Balance { get; set; }

    [JsonRequired]
    public decimal Available { get; set; }

    public string? LastTransactionAt { get; set; }

    public List<NormalizedBalanceMessage> Normalized { get; set; } = [];

    public override IEnumerable<UpholdMessage> Parts() => [this, .. Normalized];
}

/// <summary>A balance in the owner's currency.</summary>
internal sealed record NormalizedBalanceMessage : UpholdMessage
{
    public decimal Available { get; set; }

    public decimal Balance { get; set; }

    public string Currency { get; set; } = "";
}

/// <summary>The account's owner. What is personal is left out.</summary>
[Ignores("address", "balances", "birthdate", "country", "email", "firstName", "id", "lastName", "memberAt", "name", "state", "username", "verifications", "phones", "otp")]
internal sealed record UserMessage : UpholdMessage
{
    public string Status { get; set; } = "";

    public List<string> Currencies { get; set; } = [];

    public UserSettingsMessage? Settings { get; set; }

    public override IEnumerable<UpholdMessage> Parts() => [this, .. Settings?.Parts() ?? []];
}

/// <summary>What the owner chose.</summary>
[Ignores("intl", "theme", "hasNewsSubscription", "hasOtpEnabled")]
internal sealed record UserSettingsMessage : UpholdMessage
{
    public string? Currency { get; set; }

    public OtpSettingsMessage? Otp { get; set; }

    public override IEnumerable<UpholdMessage> Parts() => [this, .. Otp?.Parts() ?? []];
}

/// <summary>Where the owner wants to be asked for a one-time password.</summary>
[Ignores("login", "vmc")]
internal sealed record OtpSettingsMessage : UpholdMessage
{
    public OtpTransactionsMessage? Transactions { get; set; }

    public override IEnumerable<UpholdMessage> Parts() => [this, .. Transactions?.Parts() ?? []];
}

/// <summary>For which transactions.</summary>
[Ignores("send", "withdraw")]
internal sealed record OtpTransactionsMessage : UpholdMessage
{
    public SwitchMessage? Transfer { get; set; }

    public override IEnumerable<UpholdMessage> Parts() => [this, .. new UpholdMessage?[] { Transfer }.OfType<UpholdMessage>()];
}

/// <summary>A choice.</summary>
internal sealed record SwitchMessage : UpholdMessage
{
    public bool Enabled { get; set; }
}
