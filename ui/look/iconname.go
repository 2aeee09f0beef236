package look

// IconName names one of our drawings in the folder icons.
type IconName string

// The icons. Each is drawn on a 24 unit grid with a stroke of 1.75, round caps
// and joins, and every path command written out, because Fyne's reader drops
// implicit ones.
const (
	IconActivity      IconName = "activity"
	IconAlertCircle   IconName = "alert-circle"
	IconAlertTriangle IconName = "alert-triangle"
	IconArrowDownLeft IconName = "arrow-down-left"
	IconArrowLeft     IconName = "arrow-left"
	IconArrowRight    IconName = "arrow-right"
	IconArrowUpRight  IconName = "arrow-up-right"
	IconBank          IconName = "bank"
	IconBanknote      IconName = "banknote"
	IconBolt          IconName = "bolt"
	IconBook          IconName = "book"
	IconBuilding      IconName = "building"
	IconCalendar      IconName = "calendar"
	IconCalendarClock IconName = "calendar-clock"
	IconChart         IconName = "chart"
	IconCheck         IconName = "check"
	IconCheckCircle   IconName = "check-circle"
	IconCheckbox      IconName = "checkbox"
	IconChevronDown   IconName = "chevron-down"
	IconChevronLeft   IconName = "chevron-left"
	IconChevronRight  IconName = "chevron-right"
	IconChevronUp     IconName = "chevron-up"
	IconCircleDashed  IconName = "circle-dashed"
	IconClock         IconName = "clock"
	IconCoins         IconName = "coins"
	IconCopy          IconName = "copy"
	IconCopyCheck     IconName = "copy-check"
	IconDownload      IconName = "download"
	IconExternalLink  IconName = "external-link"
	IconEye           IconName = "eye"
	IconEyeOff        IconName = "eye-off"
	IconFile          IconName = "file"
	IconFilter        IconName = "filter"
	IconFlask         IconName = "flask"
	IconFolder        IconName = "folder"
	IconGraduationCap IconName = "graduation-cap"
	IconHardDrive     IconName = "hard-drive"
	IconHash          IconName = "hash"
	IconHelp          IconName = "help"
	IconInfo          IconName = "info"
	IconKey           IconName = "key"
	IconKeyboard      IconName = "keyboard"
	IconLink          IconName = "link"
	IconList          IconName = "list"
	IconLoader        IconName = "loader"
	IconLock          IconName = "lock"
	IconLogOut        IconName = "log-out"
	IconMinus         IconName = "minus"
	IconMonitor       IconName = "monitor"
	IconMoon          IconName = "moon"
	IconMore          IconName = "more"
	IconOverview      IconName = "overview"
	IconPaperclip     IconName = "paperclip"
	IconPencil        IconName = "pencil"
	IconPhone         IconName = "phone"
	IconPlus          IconName = "plus"
	IconRefresh       IconName = "refresh"
	IconRepeat        IconName = "repeat"
	IconReset         IconName = "reset"
	IconReturn        IconName = "return"
	IconSearch        IconName = "search"
	IconSettings      IconName = "settings"
	IconShield        IconName = "shield"
	IconShieldCheck   IconName = "shield-check"
	IconSort          IconName = "sort"
	IconSortDown      IconName = "sort-down"
	IconSortUp        IconName = "sort-up"
	IconSplit         IconName = "split"
	IconStar          IconName = "star"
	IconStarFilled    IconName = "star-filled"
	IconStop          IconName = "stop"
	IconSun           IconName = "sun"
	IconTag           IconName = "tag"
	IconTerminal      IconName = "terminal"
	IconTick          IconName = "tick"
	IconTransfers     IconName = "transfers"
	IconTrash         IconName = "trash"
	IconUndo          IconName = "undo"
	IconUnlock        IconName = "unlock"
	IconUpDown        IconName = "up-down"
	IconUpload        IconName = "upload"
	IconUser          IconName = "user"
	IconWifi          IconName = "wifi"
	IconWifiOff       IconName = "wifi-off"
	IconClose         IconName = "x"
)

// Icons lists every icon by name.
func Icons() []IconName {
	return []IconName{
		IconActivity, IconAlertCircle, IconAlertTriangle, IconArrowDownLeft, IconArrowLeft, IconArrowRight,
		IconArrowUpRight, IconBank, IconBanknote, IconBolt, IconBook, IconBuilding, IconCalendar,
		IconCalendarClock, IconChart, IconCheck, IconCheckCircle, IconCheckbox, IconChevronDown, IconChevronLeft,
		IconChevronRight, IconChevronUp, IconCircleDashed, IconClock, IconCoins, IconCopy, IconCopyCheck,
		IconDownload, IconExternalLink, IconEye, IconEyeOff, IconFile, IconFilter, IconFlask, IconFolder,
		IconGraduationCap, IconHardDrive, IconHash, IconHelp, IconInfo, IconKey, IconKeyboard, IconLink, IconList,
		IconLoader, IconLock, IconLogOut, IconMinus, IconMonitor, IconMoon, IconMore, IconOverview, IconPaperclip,
		IconPencil, IconPhone, IconPlus, IconRefresh, IconRepeat, IconReset, IconReturn, IconSearch, IconSettings,
		IconShield, IconShieldCheck, IconSort, IconSortDown, IconSortUp, IconSplit, IconStar, IconStarFilled,
		IconStop, IconSun, IconTag, IconTerminal, IconTick, IconTransfers, IconTrash, IconUndo, IconUnlock,
		IconUpDown, IconUpload, IconUser, IconWifi, IconWifiOff, IconClose,
	}
}
