namespace Harrier.Tests.Api;

/// <summary>A service for all tests of a class that change nothing of it: to start one takes longer than most questions.</summary>
public sealed class SharedScene : IAsyncLifetime
{
    internal ApiScene Scene { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Scene = await ApiScene.StartAsync();

    public ValueTask DisposeAsync() => Scene.DisposeAsync();
}
