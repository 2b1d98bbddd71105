using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Uphold.Wire;

/// <summary>A message of this venue.</summary>
internal abstract record UpholdMessage : WireMessage
{
    /// <summary>The message and those inside of it, so that what is new is seen at any depth.</summary>
    public virtual IEnumerable<UpholdMessage> Parts() => [this];
}
