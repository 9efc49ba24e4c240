using HybridCalendar.Adapters.Exchange.Operations;
using HybridCalendar.Adapters.Exchange.Soap;
using HybridCalendar.Domain.Meetings;
using NodaTime;

namespace HybridCalendar.Adapters.Exchange.Reading;

/// <summary>
/// Asks for free and busy times of any number of mailboxes and of a span of any length, some at a time.
/// </summary>
internal sealed class FreeBusyReading(EwsClient client, ExchangeSettings settings, string asker)
{
    /// <summary>
    /// One result an address, in their order; no answer at all when the trouble is the server's.
    /// </summary>
    internal async Task<Reply<IReadOnlyList<FreeBusy>>> Read(
        IReadOnlyList<string> addresses, FreeBusyQuestion question, CancellationToken cancellation)
    {
        var results = new List<FreeBusy>();
        foreach (var batch in addresses.Chunk(Bounds.MailboxesPerFreeBusy))
        {
            var parts = batch.Select(_ => new List<(Interval Span, FreeBusy Part)>()).ToList();
            foreach (var span in Spans(question))
            {
                var reply = await Ask(batch, span, question, cancellation);
                if (reply.Failure<IReadOnlyList<FreeBusy>>() is { } failure)
                {
                    return failure;
                }

                var shown = ((Reply<IReadOnlyList<ResponseMessage<RawFreeBusy>>>.Answer)reply).Value;
                if (shown.Count != batch.Length)
                {
                    return new Reply<IReadOnlyList<FreeBusy>>.Refused(Verdict.MalformedCode, "");
                }

                foreach (var (all, message) in parts.Zip(shown))
                {
                    all.Add((span, Understand(message, span, question)));
                }
            }

            results.AddRange(parts.Select(Join));
        }

        return new Reply<IReadOnlyList<FreeBusy>>.Answer(results);
    }

    // Whole steps each, so that they can be put together; the last one may be cut.
    private IEnumerable<Interval> Spans(FreeBusyQuestion question)
    {
        var steps = Math.Max(1, (int)Math.Floor(Duration.FromDays(settings.FreeBusyDays) / question.Step));
        var most = question.Step * steps;
        for (var start = question.Span.Start; start < question.Span.End; start += most)
        {
            // What is left over may be shorter than a step, which no server takes.
            var end = Instant.Min(start + most, question.Span.End);
            yield return new Interval(start, Instant.Max(end, start + question.Step));
        }
    }

    private Task<Reply<IReadOnlyList<ResponseMessage<RawFreeBusy>>>> Ask(
        string[] batch, Interval span, FreeBusyQuestion question, CancellationToken cancellation)
    {
        var minutes = (int)question.Step.TotalMinutes;
        return client.Call(
            new EwsRequest("GetUserAvailability", asker, xml =>
                GetUserAvailability.Write(xml, batch, span, minutes, question.View)),
            GetUserAvailability.Read,
            cancellation);
    }

    private static FreeBusy Understand(
        ResponseMessage<RawFreeBusy> message, Interval span, FreeBusyQuestion question)
    {
        if (!message.IsSuccess)
        {
            return new FreeBusy.Unknown(message.Verdict.Code);
        }

        // A view that is not known, or None, tells nothing.
        var shown = message.Payload;
        if (!Enum.TryParse<FreeBusyView>(shown.View, out var view))
        {
            return new FreeBusy.Unknown("no-view");
        }

        var count = (int)Math.Ceiling(span.Duration / question.Step);
        var steps = question.View is FreeBusyView.FreeBusy or FreeBusyView.Detailed ? []
            : shown.Digits.Length > 0
                ? [.. shown.Digits.Select(State).Concat(Enumerable.Repeat(ShownAs.NoData, count)).Take(count)]
            : Merge(shown.Times, span, question.Step, count);
        var times = shown.Times.Where(time => time.Start < question.Span.End).ToList();
        return new FreeBusy.Known(steps, times, view, shown.Hours);
    }

    // 4 stands for "no data" in the reference and for working elsewhere in what servers send.
    private static ShownAs State(char digit) => digit switch
    {
        '0' => ShownAs.Free,
        '1' => ShownAs.Tentative,
        '2' => ShownAs.Busy,
        '3' => ShownAs.OutOfOffice,
        '4' => ShownAs.WorkingElsewhere,
        _ => ShownAs.NoData,
    };

    // What a server does that shows times and no steps.
    private static ShownAs[] Merge(IReadOnlyList<BusyTime> times, Interval span, Duration step, int count) =>
        [.. Enumerable.Range(0, count).Select(index => times
            .Where(time => time.ShownAs != ShownAs.NoData
                && time.Start < span.Start + (step * (index + 1)) && time.End > span.Start + (step * index))
            .Select(time => time.ShownAs)
            .DefaultIfEmpty(ShownAs.Free)
            .Max())];

    // An entry that reaches over a border is shown on both sides of it.
    private static FreeBusy Join(List<(Interval Span, FreeBusy Part)> parts)
    {
        if (parts.Select(part => part.Part).OfType<FreeBusy.Unknown>().FirstOrDefault() is { } unknown)
        {
            return unknown;
        }

        var known = parts.Select(part => (part.Span, Part: (FreeBusy.Known)part.Part)).ToList();
        var times = known.SelectMany((part, index) =>
            part.Part.Times.Where(time => index == 0 || time.Start >= part.Span.Start));
        return new FreeBusy.Known(
            [.. known.SelectMany(part => part.Part.Steps)],
            [.. times],
            known.Min(part => part.Part.View),
            known[0].Part.Hours);
    }
}
