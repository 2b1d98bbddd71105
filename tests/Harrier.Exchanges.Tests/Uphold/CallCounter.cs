namespace Harrier.Exchanges.Tests.Uphold;

/// <summary>Passes requests on and knows whether any is under way, body included.</summary>
internal sealed class CallCounter(HttpMessageInvoker inner, Action answered) : HttpMessageHandler
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _idle = Completed();
    private int _underWay;

    /// <summary>Completes when no request is under way.</summary>
    public Task WhenIdle()
    {
        lock (_gate)
        {
            return _idle.Task;
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _idle = _underWay++ == 0 ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) : _idle;
        }

        try
        {
            HttpResponseMessage response = await inner.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            return response;
        }
        finally
        {
            answered();
            lock (_gate)
            {
                if (--_underWay == 0)
                {
                    _idle.TrySetResult();
                }
            }
        }
    }

    private static TaskCompletionSource Completed()
    {
        TaskCompletionSource done = new();
        done.SetResult();
        return done;
    }
}
