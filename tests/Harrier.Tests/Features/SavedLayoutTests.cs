using System.Reflection;
using System.Runtime.CompilerServices;
using Harrier.Features;
using Harrier.Features.OrderFlow;
using Harrier.Features.Patterns;

namespace Harrier.Tests.Features;

/// <summary>Values that are saved as they lie in memory hold no gaps: what lies in a gap is left to chance, and equal states would differ.</summary>
public sealed class SavedLayoutTests
{
    [Theory]
    [InlineData(typeof(ClosedBar))]
    [InlineData(typeof(BarDelta))]
    [InlineData(typeof(FlowTotals))]
    [InlineData(typeof(DeltaDivergence))]
    [InlineData(typeof(ImbalanceZone))]
    [InlineData(typeof(LiquidityZone))]
    [InlineData(typeof(FlowEvent))]
    [InlineData(typeof(FootprintSummary))]
    [InlineData(typeof(StackedImbalance))]
    [InlineData(typeof(WyckoffEvent))]
    [InlineData(typeof(WyckoffSignal))]
    [InlineData(typeof(WyckoffStructure))]
    [InlineData(typeof(Zone))]
    public void Size_SavedType_IsTheSumOfItsFields(Type type) => SizeOf(type).ShouldBe(SumOf(type));

    private static int SumOf(Type type) => type.IsPrimitive ? SizeOf(type)
        : type.IsEnum ? SizeOf(type.GetEnumUnderlyingType())
        : type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Sum(field => SumOf(field.FieldType));

    private static int SizeOf(Type type) => (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;
}
