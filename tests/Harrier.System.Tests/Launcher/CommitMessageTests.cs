namespace Harrier.System.Tests.Launcher;

public sealed class CommitMessageTests
{
    [Theory]
    [InlineData("Add the launcher", 0)]
    [InlineData("Pass options through", 0)]
    [InlineData("Merge branch 'main'", 0)]
    [InlineData("Add the launcher\n\nA second start must cost nothing.", 0)]
    [InlineData("Added the launcher", 1)]
    [InlineData("Adds the launcher", 1)]
    [InlineData("Adding the launcher", 1)]
    [InlineData("add the launcher", 1)]
    [InlineData("Add the launcher.", 1)]
    [InlineData("Add the launcher\nand more", 1)]
    [InlineData("", 1)]
    [InlineData("Add a first line that is far too long to be read in one glance in a log of one line each", 1)]
    public async Task CommitMessage_FirstLine_IsImperativeAndShort(string message, int code)
    {
        using var checkout = new Checkout();
        checkout.Write("message", message + "\n# a comment of git\n");
        var hook = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "eng", "hooks", "commit-msg"));

        var outcome = await Shell.RunAsync(hook, checkout.Root, new Dictionary<string, string>(), checkout.PathOf("message"));

        outcome.Code.ShouldBe(code, outcome.Errors);
    }
}
