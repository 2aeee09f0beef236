package boot

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"bankbook/core/activity"
	"bankbook/core/export"
	"bankbook/core/fault"
	"bankbook/storage/durable"
	"bankbook/ui/say"
)

// ActivityOrder says what of the activity log to export, and where to.
type ActivityOrder struct {
	// Path is where there is no file yet.
	Path   string
	JSON   bool
	Filter activity.Filter
}

// ExportActivity writes a part of the activity log into a file, and tells how many
// entries that are. Errors: Occupied if there is a file, and those of the vault and
// of the disk.
func (b *Books) ExportActivity(ctx context.Context, order ActivityOrder) (n int, err error) {
	subject, write := say.SubjectActivityCSV, export.ActivityCSV
	if order.JSON {
		subject, write = say.SubjectActivityJSON, export.ActivityJSON
	}
	defer func() { b.Exported(ctx, subject, n, err) }()
	profiles, err := b.view.Profiles()
	if err != nil {
		return 0, err
	}
	reading := activity.Reading{Words: say.ActivityWords, Zone: time.Local}
	err = publish(order.Path, func(w io.Writer) (err error) {
		n, err = write(w, activity.Find(ctx, b, order.Filter, reading, 0), say.ActivityLabels(profiles))
		return err
	})
	return n, err
}

// publish makes a file with what fill writes, where there is none: wholly or not at
// all.
func publish(path string, fill func(io.Writer) error) (err error) {
	const op = "boot: write the export"
	if _, err := os.Lstat(path); err == nil {
		return fault.New(op, fault.Occupied, nil)
	}
	durable.RemoveStale(path, time.Now())
	temp, err := durable.Temp(path)
	if err != nil {
		return fault.New(op, fault.OfFile(err), err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(temp.Name())
		}
	}()
	if err := errors.Join(fill(temp), temp.Close()); err != nil {
		var f *fault.Error
		if errors.As(err, &f) {
			return err
		}
		return fault.New(op, fault.OfFile(err), err)
	}
	if err := durable.Publish(temp.Name(), filepath.Clean(path)); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return fault.New(op, fault.Occupied, err)
		}
		return fault.New(op, fault.OfFile(err), err)
	}
	return nil
}
