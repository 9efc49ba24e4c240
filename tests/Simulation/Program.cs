using System.Globalization;
using HybridCalendar.Simulation;
using Xunit.MicrosoftTestingPlatform;

const string Usage = "simulate N | simulate seed N | rebuild FILE, or options of the test platform";

switch (args)
{
    case ["simulate", "seed", var number]:
        return Simulate.One(Number(number));
    case ["simulate", var number]:
        return Simulate.Many(Number(number));
    case ["rebuild", var file]:
        OtherProcess.Answer(file);
        return 0;
    default:
        return await TestPlatformTestFramework.RunAsync(
            args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
}

static long Number(string text) =>
    long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new ArgumentException($"'{text}' is no number: {Usage}");
