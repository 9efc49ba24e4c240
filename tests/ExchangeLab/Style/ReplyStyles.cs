using HybridCalendar.ExchangeLab.Ews;

namespace HybridCalendar.ExchangeLab.Style;

/// <summary>Whom the lab resembles and how it writes; both can be changed while it runs.</summary>
internal sealed class ReplyStyles(LabOptions options)
{
    private volatile Edition _edition = Edition.Named(options.ServerVersion);
    private volatile WireSettings _settings = new()
    {
        ErrorSubscriptionIdsInTypes = options.ErrorSubscriptionIdsInTypes,
    };

    private int _lastNumber;

    public Edition Edition
    {
        get => _edition;
        set => _edition = value;
    }

    public WireSettings Settings
    {
        get => _settings;
        set => _settings = value;
    }

    /// <summary>The style of the next reply.</summary>
    public ReplyStyle Next() => new(_edition, _settings, Interlocked.Increment(ref _lastNumber));
}
