using System.IO.MemoryMappedFiles;

namespace Harrier.Exchanges.Requests;

/// <summary>
/// The machine ledger's file in memory: 64-bit words that processes change by atomic operations alone, so that one killed at any point
/// leaves no lock behind. All zero is the valid beginning.
/// </summary>
internal sealed unsafe class LedgerPage : IDisposable
{
    public const int Rules = 256;
    public const int Slots = 64;
    public const int Buckets = 32;

    private const long Magic = 0x3130_4C52_4852_4148;
    private const int HeadWords = 8;
    private const int RuleWords = 3 + Buckets;
    private const int SlotWords = 2 + Rules;
    private const int Words = HeadWords + (Rules * RuleWords) + (Slots * SlotWords);

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly long* _words;

    /// <summary>Opens or creates the file, readable by its owner alone.</summary>
    /// <exception cref="InvalidDataException">The file is not a ledger of this version.</exception>
    public LedgerPage(string path)
    {
        FileStreamOptions options = new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (FileStream stream = new(path, options))
        {
            if (stream.Length is not (0 or Words * sizeof(long)))
            {
                throw new InvalidDataException(Foreign(path));
            }

            _file = MemoryMappedFile.CreateFromFile(stream, null, Words * sizeof(long), MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        }

        _view = _file.CreateViewAccessor(0, Words * sizeof(long));
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _words = (long*)(start + _view.PointerOffset);
        long found = Interlocked.CompareExchange(ref _words[0], Magic, 0);
        if (found is not (0 or Magic))
        {
            Dispose();
            throw new InvalidDataException(Foreign(path));
        }
    }

    /// <summary>Unix milliseconds until which everything is banned.</summary>
    public ref long BanOfAll => ref _words[1];

    public ref long RuleKey(int rule) => ref _words[RuleAt(rule)];

    /// <summary>Unix milliseconds until which the rule is banned.</summary>
    public ref long RuleBan(int rule) => ref _words[RuleAt(rule) + 1];

    /// <summary>The rule's window in units of 100 ns, written by whoever added the rule.</summary>
    public ref long RuleWindow(int rule) => ref _words[RuleAt(rule) + 2];

    public ref long Bucket(int rule, int bucket) => ref _words[RuleAt(rule) + 3 + bucket];

    public ref long Owner(int slot) => ref _words[SlotAt(slot)];

    public ref long Heartbeat(int slot) => ref _words[SlotAt(slot) + 1];

    public ref long UnderWay(int slot, int rule) => ref _words[SlotAt(slot) + 2 + rule];

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private static string Foreign(string path) => $"{path}: not a request ledger of this version; remove it while nothing runs";

    private static int RuleAt(int rule) => HeadWords + (rule * RuleWords);

    private static int SlotAt(int slot) => HeadWords + (Rules * RuleWords) + (slot * SlotWords);
}
