using Harrier.Architecture.Tests.Rules.Samples;
using Harrier.Domain;

namespace Harrier.Architecture.Tests.Rules
{
    public sealed class TypesTests
    {
        [Fact]
        public void PublicSetters_SetAndInit_FindsSetOnly() =>
            Types.PublicSetters([typeof(Settable)]).ShouldHaveSingleItem().Message.ShouldStartWith("Changing ");

        [Fact]
        public void MadeOutsideNamespace_OpenRecordMadeElsewhere_FindsAll()
        {
            var messages = Types.MadeOutsideNamespace(typeof(OpenTicket)).Select(f => f.Message).ToList();

            messages.ShouldContain(m => m.Contains("must be internal or private", StringComparison.Ordinal));
            messages.ShouldContain("must be sealed");
            messages.ShouldContain(m => m.StartsWith("a record can be copied", StringComparison.Ordinal));
            messages.ShouldContain($"{nameof(Forger.Forge)} makes a {nameof(OpenTicket)}: only {typeof(OpenTicket).Namespace} may");
        }

        [Fact]
        public void MadeOutsideNamespace_AllowedMethod_IsNotFound() => Types.MadeOutsideNamespace(typeof(OpenTicket), "Forger.Forge")
            .ShouldNotContain(f => f.Message.StartsWith(nameof(Forger.Forge), StringComparison.Ordinal));

        [Fact]
        public void MadeOutsideNamespace_ClosedClassMadeAtHome_FindsNothing() => Types.MadeOutsideNamespace(typeof(ClosedTicket)).ShouldBeEmpty();

        [Fact]
        public void PortsOutsideEngine_DomainInterfaceImplementedOutside_IsFoundUnlessACapability()
        {
            Types.PortsOutsideEngine([typeof(Outsider)]).ShouldHaveSingleItem().Message.ShouldStartWith(nameof(Outsider));
            Types.PortsOutsideEngine([typeof(Outsider)], nameof(IStateful)).ShouldBeEmpty();
        }
    }

    internal static class Forger
    {
        public static OpenTicket Forge() => new(1);
    }

    internal sealed class Outsider : IStateful
    {
        public void Save(ref StateWriter writer)
        {
        }

        public void Restore(ref StateReader reader)
        {
        }
    }
}

namespace Harrier.Architecture.Tests.Rules.Samples
{
    public sealed class Settable
    {
        public int Changing { get; set; }

        public int Fixed { get; init; }
    }

    public record OpenTicket(int Number);

    public sealed record DerivedTicket(int Number) : OpenTicket(Number);

    public sealed class ClosedTicket
    {
        internal ClosedTicket(int number) => Number = number;

        public int Number { get; }

        public static ClosedTicket Issue() => new(1);
    }
}
